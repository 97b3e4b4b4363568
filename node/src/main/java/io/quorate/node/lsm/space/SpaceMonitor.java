package io.quorate.node.lsm.space;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Scheduler;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.OutOfDescriptorsException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Knows whether the disk has space for writes, and keeps the ballast. Looks for the end of each shortage.
 *
 * <pre>
 * ALL_WRITES --no space: ballast released--> DELETES_ONLY --no space again--> READ_ONLY
 *    ^                                         |   ^                             |
 *    +---- a probe finds space: ballast made --+   +---- a probe finds some -----+
 * </pre>
 *
 * A probe looks for space every {@link #PROBE_MS} as long as something waits for it, and for a file descriptor after a
 * shortage of those. Probes run on the maintenance thread, and so does the making of the ballast. Any thread may call
 * the other methods.
 */
public final class SpaceMonitor {
    private static final long PROBE_MS = 1_000;

    /** With this much free space, deletes are let in again. */
    private static final long SPACE_FOR_DELETES_BYTES = 1 << 20;

    private final Disk disk;
    private final Ballast ballast;
    private final Scheduler timers;
    private final Runnable probeSoon;
    private final DescriptorShortage descriptors = new DescriptorShortage();

    // Any thread reads it; changes are made under the lock.
    private volatile DiskSpace current = DiskSpace.ALL_WRITES;

    // Under the lock.
    private Consumer<DiskSpace> listener = changed -> {};
    private Timer timer;
    private boolean closed;

    /** @param probeSoon submits a call of {@link #probe} to the maintenance thread */
    public SpaceMonitor(Disk disk, long ballastBytesMax, Scheduler timers, Runnable probeSoon) throws IOException {
        this.disk = disk;
        this.ballast = Ballast.of(disk, ballastBytesMax);
        this.timers = timers;
        this.probeSoon = probeSoon;
    }

    /** Work that waits for space. */
    public interface WaitingWork {
        /** Goes on if there is space now. False if writers must stay out, since they would wait for the same work. */
        boolean goOn() throws IOException;
    }

    /**
     * @param newListener receives the current state at once, and then each change, in order, on the thread that met it
     */
    public synchronized void onChange(Consumer<DiskSpace> newListener) {
        listener = newListener;
        listener.accept(current);
    }

    private synchronized void become(DiskSpace next) {
        if (next != current) {
            current = next;
            listener.accept(next);
        }
    }

    public DescriptorShortage descriptors() {
        return descriptors;
    }

    public DiskSpace current() {
        return current;
    }

    public RefusedException refusal() {
        return new RefusedException(
                RefusedBecause.DISK_FULL,
                "the disk of " + disk.pathOf("")
                        + " is full. Nothing was applied. Reads go on, and deletes go on while they find space. Free some"
                        + " space, or inodes if there is space (df -i), and writes go on by themselves");
    }

    /**
     * A flush or the log met a shortage. True if the ballast has just made space, so that necessary work may be tried
     * again at once.
     */
    public boolean met(ShortageException shortage) throws IOException {
        return switch (shortage.shortage()) {
            case DISK_SPACE -> full();
            case DESCRIPTORS -> {
                outOfDescriptors(shortage);
                yield false;
            }
        };
    }

    /** A merge met a shortage. If it lacked space, writes may find enough of it, so they are not refused. */
    public void metByMerge(ShortageException shortage) {
        switch (shortage.shortage()) {
            case DISK_SPACE -> probeLater();
            case DESCRIPTORS -> outOfDescriptors(shortage);
        }
    }

    private void outOfDescriptors(ShortageException shortage) {
        descriptors.met(shortage);
        probeLater();
    }

    private synchronized boolean full() throws IOException {
        boolean first = current == DiskSpace.ALL_WRITES;
        become(first ? DiskSpace.DELETES_ONLY : DiskSpace.READ_ONLY);
        ballast.release();
        probeLater();
        return first;
    }

    /** Some work waits for space. Writers need not wait for it. */
    public synchronized void probeLater() {
        if (timer == null && !closed) {
            timer = timers.after(PROBE_MS, probeSoon);
        }
    }

    /** Whether the file system reports this much free space. */
    public boolean hasSpaceFor(long bytes) throws IOException {
        return disk.usableBytes() >= bytes;
    }

    /** Lets the waiting work go on, and makes the ballast if it fits. On the maintenance thread. */
    public void probe(WaitingWork waiting) throws IOException {
        synchronized (this) {
            timer = null;
        }
        if (descriptors.lasts() && !hasDescriptor()) {
            probeLater();
            return;
        }
        descriptors.isOver();
        if (!waiting.goOn()) {
            probeLater();
        } else if (current != DiskSpace.ALL_WRITES || !ballast.isWhole()) {
            restore();
        }
    }

    private boolean hasDescriptor() throws IOException {
        try {
            disk.list();
            return true;
        } catch (OutOfDescriptorsException e) {
            return false;
        }
    }

    private void restore() throws IOException {
        if (ballast.fits()) {
            growBallast();
        } else if (current == DiskSpace.ALL_WRITES) {
            full();
        } else {
            letDeletesIn();
            probeLater();
        }
    }

    private synchronized void letDeletesIn() throws IOException {
        if (current == DiskSpace.READ_ONLY && hasSpaceFor(SPACE_FOR_DELETES_BYTES)) {
            become(DiskSpace.DELETES_ONLY);
        }
    }

    /**
     * Writes a part of the ballast in each probe, so that flushes get in between. While no write waits for it, the next
     * part comes with the next probe, so that the log's forces hardly notice it: 64 MiB take about a minute, once.
     */
    private synchronized void growBallast() throws IOException {
        if (closed) {
            return;
        }
        if (ballast.grow()) {
            become(DiskSpace.ALL_WRITES);
        } else if (current == DiskSpace.ALL_WRITES) {
            probeLater();
        } else {
            probeSoon.run();
        }
    }

    public synchronized void close() throws IOException {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        ballast.abandon();
    }
}
