package io.quorate.benchmark.store;

import io.quorate.common.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Runs the groups of a case, all at once and for a given time. It is a closed loop: each thread begins the next
 * operation when its last one is done. An operation takes from the end of the one before it to its own, the making of
 * its key included.
 */
final class ClosedLoopRun {
    private static final long LATENCY_NS_MAX = 600_000_000_000L;
    private static final int DIGITS = 2;

    private final List<Workers> groups;
    private final long limitNs;
    private final long seed;

    /** @param limitNs when to end, if there is still something to do */
    ClosedLoopRun(List<Workers> groups, long limitNs, long seed) {
        this.groups = groups;
        this.limitNs = limitNs;
        this.seed = seed;
    }

    List<Row> work() throws InterruptedException {
        List<Callable<Histogram>> hands = new ArrayList<>();
        for (Workers group : groups) {
            for (int i = 0; i < group.threads(); i++) {
                SplittableRandom random = new SplittableRandom(seed + hands.size());
                hands.add(() -> work(group.steps().apply(random)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(hands.size());
        try {
            long start = SystemClock.INSTANCE.monotonicNs();
            List<Future<Histogram>> ended = threads.invokeAll(hands);
            return rows(ended, (SystemClock.INSTANCE.monotonicNs() - start) / 1e9);
        } finally {
            threads.shutdown();
        }
    }

    private Histogram work(Workers.Step step) {
        Histogram latencyNs = new Histogram(LATENCY_NS_MAX, DIGITS);
        long begun = SystemClock.INSTANCE.monotonicNs();
        Progress progress = new Progress(System.err, "operations", begun, 0);
        long now = begun;
        while (now - begun < limitNs && step.next()) {
            long done = SystemClock.INSTANCE.monotonicNs();
            latencyNs.recordValue(Math.min(done - now, LATENCY_NS_MAX));
            now = done;
            if (progress.isDue(now)) {
                progress.tell(now, latencyNs.getTotalCount());
            }
        }
        step.finish();
        return latencyNs;
    }

    private List<Row> rows(List<Future<Histogram>> ended, double seconds) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (Workers group : groups) {
            Histogram together = new Histogram(LATENCY_NS_MAX, DIGITS);
            for (int i = 0; i < group.threads(); i++) {
                together.add(result(ended.get(at++)));
            }
            rows.add(Row.of(group, together, seconds));
        }
        return rows;
    }

    private static Histogram result(Future<Histogram> ended) throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operation failed", e.getCause());
        }
    }
}
