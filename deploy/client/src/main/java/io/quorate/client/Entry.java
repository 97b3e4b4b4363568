package io.quorate.client;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that has a value.
 *
 * @param version for a {@link Condition} on it
 * @param expiresAt the end of its life by the cluster's time, or empty if it stays
 */
public record Entry(Key key, Value value, Version version, Optional<Instant> expiresAt) {}
