package io.quorate.node.lsm.manifest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives tables and manifests their numbers. No number is given twice. Each edit of the manifest records the next one,
 * so this holds over restarts too, also for files that are deleted by then. Safe for use by several threads.
 */
public final class FileNumbers {
    private final AtomicLong next;

    public FileNumbers(long first) {
        next = new AtomicLong(first);
    }

    public long take() {
        return next.getAndIncrement();
    }

    /** The lowest number that was not taken yet. */
    long next() {
        return next.get();
    }
}
