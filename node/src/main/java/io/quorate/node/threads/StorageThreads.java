package io.quorate.node.threads;

import io.quorate.node.lsm.StoreThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One thread for the log and one for flushes and merges. Close the store first, then these. */
public final class StorageThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 30;

    private final ExecutorService log;
    private final ExecutorService maintenance;

    private StorageThreads(ExecutorService log, ExecutorService maintenance) {
        this.log = log;
        this.maintenance = maintenance;
    }

    /** @param owner whose they are, for their names */
    public static StorageThreads start(String owner) {
        return new StorageThreads(single(owner + "-log"), single(owner + "-maintenance"));
    }

    private static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public StoreThreads forStore() {
        return new StoreThreads(log, maintenance);
    }

    /** Lets both end what they have. Interrupts nothing: an interrupt would close the file that the thread writes. */
    @Override
    public void close() {
        log.shutdown();
        maintenance.shutdown();
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
