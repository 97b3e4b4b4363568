/**
 * Rounds: one message to several replicas, counted until enough have answered. Each kind of message has a class that
 * says whom to ask, what an answer teaches and what follows.
 */
package io.quorate.coordinator.round;
