package io.quorate.common.wire;

/** A message, and the correlation id that connects a reply to its request. */
public record Frame(long correlation, Message message) {}
