/**
 * How late the answers of each replica are, compared with those of the others. A replica that is much later than the
 * best one is slow: reads ask it last. All classes are pure. They have no clock, no timer and no socket.
 */
package io.quorate.coordinator.replica.delay;
