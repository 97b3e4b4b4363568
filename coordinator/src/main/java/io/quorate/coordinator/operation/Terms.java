package io.quorate.coordinator.operation;

/** On which terms one operation runs: its level, and how long it may take in milliseconds. */
public record Terms(Level level, long timeoutMs) {}
