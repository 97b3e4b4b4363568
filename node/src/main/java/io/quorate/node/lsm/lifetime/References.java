package io.quorate.node.lsm.lifetime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the users of an object. The maker has the first reference. Once the last one is given back, no more can be
 * taken. Everything that was done under a reference happened before the last release returns true.
 */
public final class References {
    private final AtomicInteger count = new AtomicInteger(1);

    /** Takes a reference. False if the last one has been given back. */
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

    /** Takes a reference. The caller knows that another one is not given back meanwhile. */
    public void acquire() {
        if (!tryAcquire()) {
            throw new IllegalStateException("used after its last reference was given back");
        }
    }

    /** Gives a reference back. True if it was the last one: then the caller frees the object. */
    public boolean release() {
        int left = count.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("given back more often than taken");
        }
        return left == 0;
    }
}
