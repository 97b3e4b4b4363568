package io.quorate.benchmark.store;

import java.util.concurrent.TimeUnit;

/**
 * Since when a busy process has written nothing. Merges of a large store may take hours, but they write all the time.
 */
final class Standstill {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(300);

    private long bytes;
    private long sinceNs;

    Standstill(long writtenBytes, long nowNs) {
        this.bytes = writtenBytes;
        this.sinceNs = nowNs;
    }

    /** @param writtenBytes up to now, or -1 if the system does not report them. Then it is not known, and false */
    boolean isTooLong(long writtenBytes, long nowNs) {
        if (writtenBytes < 0 || writtenBytes != bytes) {
            bytes = writtenBytes;
            sinceNs = nowNs;
        }
        return nowNs - sinceNs > LIMIT_NS;
    }
}
