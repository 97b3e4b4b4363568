package io.quorate.node.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many connections to the peer port ended before they were good for anything, and why. For any thread. */
public final class HandshakeFailures {
    private final Map<FailedHandshake, LongAdder> counts = new EnumMap<>(FailedHandshake.class);

    /** Why a handshake failed. */
    public enum FailedHandshake {
        /** It was not finished in time. */
        LATE("late"),
        /** It made room for a newer connection, since too many were unfinished. */
        CROWDED("crowded"),
        /** What came was no handshake. */
        MALFORMED("malformed"),
        /** The caller was refused. */
        REFUSED("refused");

        private final String label;

        FailedHandshake(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    HandshakeFailures() {
        for (FailedHandshake why : FailedHandshake.values()) {
            counts.put(why, new LongAdder());
        }
    }

    void count(FailedHandshake why) {
        counts.get(why).increment();
    }

    public long of(FailedHandshake why) {
        return counts.get(why).sum();
    }
}
