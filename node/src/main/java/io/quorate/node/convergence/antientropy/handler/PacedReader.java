package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.statistics.StoreFigures.PauseFigures;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.node.lsm.Store;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ranges of the store one after the other, on a thread of its own, at a pace. After a range of so many bytes it
 * rests, so that all of the store takes {@code verifyEveryMs}. A hurried read follows the highest pace. It also rests
 * while writers are delayed. Safe for use by several threads.
 */
public final class PacedReader {
    private static final Logger LOG = LoggerFactory.getLogger(PacedReader.class);

    static final int WAITING_MAX = 16;

    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long WRITERS_PAUSE_MS = 200;
    private static final int WRITERS_PAUSES_MAX = 50;

    private final Store store;
    private final Executor thread;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ReadPace pace;

    // Under the lock of this object.
    private final Queue<PacedRead> waiting = new ArrayDeque<>();
    private boolean running;
    private long freeAtNs;
    private long hurriedFreeAtNs;
    private long delaysSeen;

    /** @param work returns how many bytes it read */
    private record PacedRead(boolean hurried, LongSupplier work) {}

    /** @param thread does one task at a time */
    public PacedReader(Store store, Executor thread, Scheduler scheduler, Clock clock, ReadPace pace) {
        this.store = store;
        this.thread = thread;
        this.scheduler = scheduler;
        this.clock = clock;
        this.pace = pace;
        this.freeAtNs = clock.monotonicNs();
        this.hurriedFreeAtNs = freeAtNs;
    }

    /** The bytes a second that it reads now. */
    public long bytesPerSecond(boolean hurried) {
        return hurried ? pace.bytesPerSecondMax() : pace.bytesPerSecond(tableBytes());
    }

    private long tableBytes() {
        return store.statistics().figures().tables().bytes();
    }

    /** Does something soon, whatever the pace is. It is for little work that somebody waits for. */
    void soon(Runnable work) {
        execute(() -> Defects.contain(work));
    }

    private void execute(Runnable task) {
        unlessClosing(() -> thread.execute(task));
    }

    private void after(long delayMs, Runnable action) {
        unlessClosing(() -> scheduler.after(delayMs, action));
    }

    /** Neither the thread nor the timer takes anything once this process closes. Then nobody waits for an answer. */
    private static void unlessClosing(Runnable start) {
        try {
            start.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("a read of anti-entropy ends with this process");
        }
    }

    /**
     * Does some work when its time has come.
     *
     * @param work returns how many bytes it read
     * @return false if too much waits already. Then it does nothing
     */
    public boolean read(boolean hurried, LongSupplier work) {
        synchronized (this) {
            if (waiting.size() >= WAITING_MAX) {
                return false;
            }
            waiting.add(new PacedRead(hurried, work));
            if (running) {
                return true;
            }
            running = true;
        }
        next();
        return true;
    }

    private synchronized void next() {
        long freeNs = waiting.peek().hurried() ? hurriedFreeAtNs : freeAtNs;
        long restMs = TimeUnit.NANOSECONDS.toMillis(freeNs - clock.monotonicNs());
        if (restMs > 0) {
            after(restMs, () -> runUnlessWritersWait(0));
        } else {
            runUnlessWritersWait(0);
        }
    }

    /** A reader that waits for ever would look like a member that does not answer. */
    private void runUnlessWritersWait(int pauses) {
        if (pauses < WRITERS_PAUSES_MAX && areWritersDelayed()) {
            after(WRITERS_PAUSE_MS, () -> runUnlessWritersWait(pauses + 1));
        } else {
            execute(this::run);
        }
    }

    private synchronized boolean areWritersDelayed() {
        PauseFigures pauses = store.statistics().figures().pauses();
        long delays = pauses.delays() + pauses.stalls();
        boolean more = delays > delaysSeen;
        delaysSeen = delays;
        return more;
    }

    private void run() {
        PacedRead read;
        synchronized (this) {
            read = waiting.remove();
        }
        long[] bytes = {0};
        Defects.contain(() -> bytes[0] = read.work().getAsLong());
        long rate = bytesPerSecond(read.hurried());
        synchronized (this) {
            freeAtNs = freeAfter(freeAtNs, bytes[0], rate);
            hurriedFreeAtNs = freeAfter(hurriedFreeAtNs, bytes[0], pace.bytesPerSecondMax());
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        next();
    }

    private long freeAfter(long freeNs, long bytes, long rate) {
        return Math.max(freeNs, clock.monotonicNs()) + Math.round((double) bytes / rate * NS_PER_SECOND);
    }
}
