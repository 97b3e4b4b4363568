package io.quorate.node.threads;

import io.quorate.common.time.Scheduler;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.options.StoreThreads;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the log, one for flushes, one or two for merges, four for reads from disk, one that reads all tables
 * for anti-entropy, and one timer that ends pauses. Close the store first, then these.
 */
public final class StorageThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 30;
    private static final int READERS = 4;
    private static final int MERGERS_MAX = 2;
    private static final int READS_WAITING_MAX = 4096;

    private final ThreadPoolExecutor log;
    private final ThreadPoolExecutor maintenance;
    private final ThreadPoolExecutor compaction;
    private final ThreadPoolExecutor readers;
    private final ThreadPoolExecutor verifier;
    private final ScheduledThreadPoolExecutor timer;

    private StorageThreads(String owner) {
        this.log = pool(1, new LinkedBlockingQueue<>(), owner + "-log");
        this.maintenance = pool(1, new LinkedBlockingQueue<>(), owner + "-maintenance");
        this.compaction = pool(mergers(), new LinkedBlockingQueue<>(), owner + "-compaction");
        this.readers = pool(READERS, new ArrayBlockingQueue<>(READS_WAITING_MAX), owner + "-reader");
        this.verifier = pool(1, new LinkedBlockingQueue<>(), owner + "-verifier");
        this.timer = new ScheduledThreadPoolExecutor(1, named(owner + "-timer"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * @param owner prefix of the threads' names
     * @throws OutOfMemoryError if the operating system does not allow so many threads. Then none is left
     */
    public static StorageThreads start(String owner) {
        StorageThreads threads = new StorageThreads(owner);
        try {
            threads.startAll();
        } catch (OutOfMemoryError e) {
            threads.close();
            throw e;
        }
        return threads;
    }

    private static ThreadPoolExecutor pool(int threads, BlockingQueue<Runnable> queue, String name) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, queue, named(name));
    }

    /** Now, and not with the first task: then a lack of threads would end that task, and with it the store. */
    private void startAll() {
        for (ThreadPoolExecutor each : List.of(log, maintenance, compaction, readers, verifier, timer)) {
            each.prestartAllCoreThreads();
        }
    }

    /** One processor stays free for requests. */
    private static int mergers() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Math.min(MERGERS_MAX, processors - 1));
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    public StoreThreads forStore() {
        return new StoreThreads(log, maintenance, compaction, this::after, SystemClock.INSTANCE);
    }

    private Scheduler.Timer after(long delayMs, Runnable action) {
        Future<?> pending = timer.schedule(action, delayMs, TimeUnit.MILLISECONDS);
        return () -> pending.cancel(false);
    }

    /** Reads all tables, one range after the other, for anti-entropy. */
    public Executor verifier() {
        return verifier;
    }

    public Scheduler scheduler() {
        return this::after;
    }

    /** For reads from disk. Throws {@code RejectedExecutionException} when too many wait already. */
    public Executor readers() {
        return readers;
    }

    /**
     * Lets all threads finish their work. It interrupts none: an interrupt would close the file that the thread writes.
     */
    @Override
    public void close() {
        timer.shutdown();
        log.shutdown();
        maintenance.shutdown();
        compaction.shutdown();
        readers.shutdown();
        verifier.shutdown();
        try {
            if (!log.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                    || !maintenance.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                    || !compaction.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "storage threads still work after " + CLOSE_SECONDS_MAX + " s; close the store before them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
