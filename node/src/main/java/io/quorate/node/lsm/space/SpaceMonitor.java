package io.quorate.node.lsm.space;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Whether the disk has room, and the ballast.
 *
 * <pre>
 * FOR_ALL --no room: ballast released--> FOR_DELETES --no room again--> FOR_NOTHING
 *    ^                                      |   ^                           |
 *    +--- a probe finds room: ballast made -+   +---- a probe finds some ---+
 * </pre>
 *
 * A probe looks every {@link #PROBE_MS} for as long as anything is held up. Probes, and the making of the ballast, are
 * for the maintenance thread; the others come from any.
 */
public final class SpaceMonitor {
    private static final long PROBE_MS = 1_000;

    /** So much is enough to try deletes again. */
    private static final long ROOM_FOR_DELETES_BYTES = 1 << 20;

    private final Disk disk;
    private final Ballast ballast;
    private final StoreThreads threads;
    private HeldUp heldUp = () -> true;
    private Runnable probe = () -> {};
    private volatile DiskSpace room = DiskSpace.ALL_WRITES;
    private Consumer<DiskSpace> listener = changed -> {};
    private Timer timer;
    private boolean closed;

    public SpaceMonitor(Disk disk, long ballastBytesMax, StoreThreads threads) throws IOException {
        this.disk = disk;
        this.ballast = Ballast.of(disk, ballastBytesMax);
        this.threads = threads;
    }

    /** What waits for room. */
    public interface HeldUp {
        /** Goes on if there is room now; false if writers must not be let in yet, since they would wait for it too. */
        boolean goOn() throws IOException;
    }

    /**
     * To be set before any work comes.
     *
     * @param newProbe calls {@link #probe}, on the maintenance thread
     */
    public void onProbe(Runnable newProbe, HeldUp newHeldUp) {
        probe = newProbe;
        heldUp = newHeldUp;
    }

    /** @param newListener told of every change, on the thread that met it, in their order; of what is the case, now */
    public synchronized void onChange(Consumer<DiskSpace> newListener) {
        listener = newListener;
        listener.accept(room);
    }

    private synchronized void become(DiskSpace next) {
        if (next != room) {
            room = next;
            listener.accept(next);
        }
    }

    public DiskSpace current() {
        return room;
    }

    /** @param deletesOnly whether the batch has deletes and nothing else; it is taken as a whole or not */
    public boolean takes(boolean deletesOnly) {
        return switch (room) {
            case ALL_WRITES -> true;
            case DELETES_ONLY -> deletesOnly;
            case READ_ONLY -> false;
        };
    }

    public RefusedException refusal() {
        return new RefusedException(
                RefusedBecause.DISK_FULL,
                "the disk of " + disk.pathOf("")
                        + " is full. Nothing was applied; reads go on, and deletes for as long as"
                        + " they find room. Free some space, and writes go on by themselves");
    }

    /** A write found no room. True if there is more now, so that what must be written may be tried at once. */
    public synchronized boolean full() throws IOException {
        boolean first = room == DiskSpace.ALL_WRITES;
        become(first ? DiskSpace.DELETES_ONLY : DiskSpace.READ_ONLY);
        ballast.release();
        probeLater();
        return first;
    }

    /** Something waits for room; the writers need not. */
    public synchronized void probeLater() {
        if (timer == null && !closed) {
            timer = threads.timers().after(PROBE_MS, probe);
        }
    }

    /** Whether so much can be written, as far as the file system tells. */
    public boolean hasRoomFor(long bytes) throws IOException {
        return disk.usableBytes() >= bytes;
    }

    /** Goes on with what was held up, and makes the ballast when that fits. */
    public void probe() throws IOException {
        synchronized (this) {
            timer = null;
        }
        if (!heldUp.goOn()) {
            probeLater();
        } else if (room != DiskSpace.ALL_WRITES || !ballast.isWhole()) {
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        if (ballast.fits()) {
            growBallast();
        } else if (room == DiskSpace.ALL_WRITES) {
            full();
        } else {
            letDeletesIn();
            probeLater();
        }
    }

    private synchronized void letDeletesIn() throws IOException {
        if (room == DiskSpace.READ_ONLY && hasRoomFor(ROOM_FOR_DELETES_BYTES)) {
            become(DiskSpace.DELETES_ONLY);
        }
    }

    /** A part of the ballast at a time, each a probe of its own, so that flushes get in between. */
    private synchronized void growBallast() throws IOException {
        if (closed) {
            return;
        }
        if (!ballast.grow()) {
            threads.maintenance().execute(probe);
        } else {
            become(DiskSpace.ALL_WRITES);
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
