/**
 * Counting to a majority, and nothing else. These are pure functions of the answers: they know no clock, no message and
 * no thread, so a test's table holds every case.
 */
package io.quorate.coordinator.quorum;
