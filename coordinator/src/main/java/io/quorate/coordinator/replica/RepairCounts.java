package io.quorate.coordinator.replica;

import java.util.concurrent.atomic.AtomicLong;

/** How many replicas this process has repaired while reading; shared by its event loops. */
public final class RepairCounts {
    private final AtomicLong foreground = new AtomicLong();
    private final AtomicLong background = new AtomicLong();

    public void countForeground(int replicas) {
        foreground.addAndGet(replicas);
    }

    public void countBackground() {
        background.incrementAndGet();
    }

    /** Replicas that were repaired before the read was answered. */
    public long foreground() {
        return foreground.get();
    }

    /** Replicas that were sent the newest record after the read was answered. */
    public long background() {
        return background.get();
    }
}
