package io.quorate.coordinator.replica;

import java.util.concurrent.atomic.AtomicLong;

/** How many replicas this process has repaired while reading. All its event loops share one object. */
public final class RepairCounts {
    private final AtomicLong foreground = new AtomicLong();
    private final AtomicLong background = new AtomicLong();

    public void countForeground(int replicas) {
        foreground.addAndGet(replicas);
    }

    public void countBackground() {
        background.incrementAndGet();
    }

    /** Repairs that were complete before the read was answered. */
    public long foreground() {
        return foreground.get();
    }

    /** Repairs that were sent after the read was answered. */
    public long background() {
        return background.get();
    }
}
