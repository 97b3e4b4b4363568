/**
 * Counting to a majority, and nothing else: pure functions of who answered what. No clock, no message, no thread, so
 * that every case fits in a table of a test.
 */
package io.quorate.coordinator.quorum;
