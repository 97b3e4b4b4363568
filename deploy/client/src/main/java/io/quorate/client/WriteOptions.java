package io.quorate.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How to write.
 *
 * @param timeToLive after which the value is gone by itself, from 1 ms to 3650 days. Empty: it stays
 * @param idempotencyKey 1 to 255 printable ASCII characters. The same write with the same key has one effect, for a
 *     day. Name it to be able to go on after this process died. Empty: the client makes one up for each write
 * @param isAtMostOnce whether the write has no idempotency key: see {@link #atMostOnce}
 */
public record WriteOptions(Optional<Duration> timeToLive, Optional<String> idempotencyKey, boolean isAtMostOnce) {
    /** The value stays. */
    public static final WriteOptions DEFAULTS = new WriteOptions(Optional.empty(), Optional.empty(), false);

    public WriteOptions {
        if (timeToLive.filter(life -> life.toMillis() < 1).isPresent()) {
            throw new IllegalArgumentException("a time to live is at least 1 ms: " + timeToLive.get());
        }
        if (idempotencyKey.filter(key -> !key.matches("[ -~]{1,255}")).isPresent()) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 printable ASCII characters");
        }
        if (isAtMostOnce && idempotencyKey.isPresent()) {
            throw new IllegalArgumentException("a write with an idempotency key has its effect exactly once");
        }
    }

    public static WriteOptions expiringAfter(Duration life) {
        return DEFAULTS.withTimeToLive(life);
    }

    public WriteOptions withTimeToLive(Duration life) {
        return new WriteOptions(Optional.of(life), idempotencyKey, isAtMostOnce);
    }

    public WriteOptions withIdempotencyKey(String key) {
        return new WriteOptions(timeToLive, Optional.of(key), isAtMostOnce);
    }

    /**
     * Without an idempotency key. The write is sent again only while it is certain that nothing was applied. After a
     * lost answer it ends as unknown. It costs less, and a node applies many a {@link Change} of one key at once. With
     * an idempotency key a node applies each by itself.
     */
    public WriteOptions atMostOnce() {
        return new WriteOptions(timeToLive, idempotencyKey, true);
    }
}
