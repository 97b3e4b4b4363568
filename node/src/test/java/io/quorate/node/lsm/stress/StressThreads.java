package io.quorate.node.lsm.stress;

import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.options.StoreThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads of a store, with two mergers on any machine. */
final class StressThreads implements AutoCloseable {
    private static final int MERGERS = 2;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService maintenance = Executors.newSingleThreadExecutor();
    private final ExecutorService compaction = Executors.newFixedThreadPool(MERGERS);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    StoreThreads forStore() {
        return new StoreThreads(
                log,
                maintenance,
                compaction,
                (delayMs, action) -> {
                    Future<?> pending = timer.schedule(action, delayMs, TimeUnit.MILLISECONDS);
                    return () -> pending.cancel(false);
                },
                SystemClock.INSTANCE);
    }

    @Override
    public void close() {
        List.of(timer, log, maintenance, compaction).forEach(ExecutorService::shutdown);
    }
}
