package io.quorate.deploy.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * How long a client waits for an answer, from the time at which its request was due.
 *
 * @param closes whether it then closes the connection. Otherwise it leaves the connection alone until the answer comes,
 *     as a client does that has many requests on one connection. Then the server cannot know that no client waits
 */
public record Patience(long ms, boolean closes) {
    /** Longer than any request may take. */
    public static final long MS_MAX = 120_000;

    boolean isOver(long dueNs, long nowNs) {
        return nowNs - dueNs >= TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
