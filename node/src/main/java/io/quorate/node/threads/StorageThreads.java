package io.quorate.node.threads;

import io.quorate.common.time.Scheduler;
import io.quorate.node.lsm.StoreThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the log, one for flushes and merges, some for reads from disk, and one that wakes the second of these at
 * times. Close the store first, then these.
 */
public final class StorageThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 30;
    private static final int READERS = 4;
    private static final int READS_WAITING_MAX = 4096;

    private final ExecutorService log;
    private final ExecutorService maintenance;
    private final ExecutorService readers;
    private final ScheduledExecutorService timer;

    private StorageThreads(String owner) {
        this.log = Executors.newSingleThreadExecutor(named(owner + "-log"));
        this.maintenance = Executors.newSingleThreadExecutor(named(owner + "-maintenance"));
        this.readers = new ThreadPoolExecutor(
                READERS,
                READERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(READS_WAITING_MAX),
                named(owner + "-reader"));
        this.timer = Executors.newSingleThreadScheduledExecutor(named(owner + "-storage-timer"));
    }

    /** @param owner whose they are, for their names */
    public static StorageThreads start(String owner) {
        return new StorageThreads(owner);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    public StoreThreads forStore() {
        return new StoreThreads(log, maintenance, this::afterOnMaintenance);
    }

    private Scheduler.Timer afterOnMaintenance(long delayMs, Runnable action) {
        Future<?> due = timer.schedule(() -> maintenance.execute(action), delayMs, TimeUnit.MILLISECONDS);
        return () -> due.cancel(false);
    }

    /** For reads that need the disk; throws {@code RejectedExecutionException} when too many wait already. */
    public Executor readers() {
        return readers;
    }

    /** Lets all end what they have. Interrupts nothing: an interrupt would close the file that the thread writes. */
    @Override
    public void close() {
        timer.shutdownNow();
        log.shutdown();
        maintenance.shutdown();
        readers.shutdown();
        try {
            if (!log.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                    || !maintenance.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "storage threads still work after " + CLOSE_SECONDS_MAX + " s; close the store before them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
