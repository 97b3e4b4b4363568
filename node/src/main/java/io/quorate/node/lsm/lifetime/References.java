package io.quorate.node.lsm.lifetime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses something. The maker has the first reference. Once the last one is given back there are none for ever.
 * Everything that was done under a reference happened before the last release returns true.
 */
public final class References {
    private final AtomicInteger count = new AtomicInteger(1);

    /** Takes a reference; false if there are none left to share. */
    public boolean tryAcquire() {
        int seen = count.get();
        while (seen > 0) {
            if (count.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = count.get();
        }
        return false;
    }

    /** Takes a reference where the caller knows of another that is not given back meanwhile. */
    public void acquire() {
        if (!tryAcquire()) {
            throw new IllegalStateException("used after its last reference was given back");
        }
    }

    /** Gives a reference back; true if it was the last one, so that the caller is to free what is counted. */
    public boolean release() {
        int left = count.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("given back more often than taken");
        }
        return left == 0;
    }
}
