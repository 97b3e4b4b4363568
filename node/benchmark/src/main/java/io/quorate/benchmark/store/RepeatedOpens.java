package io.quorate.benchmark.store;

import io.quorate.common.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Opens a store with nothing of it in the page cache, until its first get answers, again and again. The first time it
 * finds what the case before left. RocksDB has then no log, and Quorate writes into tables what is in its log.
 */
final class RepeatedOpens {
    private static final int AGAIN = 4;
    private static final long LATENCY_NS_MAX = 3_600_000_000_000L;
    private static final int DIGITS = 2;

    private final Settings settings;
    private final KeySpace keys;
    private final Values values;
    private boolean wasCold = true;

    RepeatedOpens(Settings settings) {
        this.settings = settings;
        this.keys = new KeySpace(settings.dataset().keys());
        this.values =
                new Values(settings.dataset().valueBytes(), settings.dataset().seed());
    }

    /**
     * @param rows the opens, as operations
     * @param last what was opened last, for the caller to close
     */
    record Opened(List<Row> rows, Engine last) {}

    Opened run() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(settings.dataset().seed());
        Histogram firstNs = new Histogram(LATENCY_NS_MAX, DIGITS);
        Histogram againNs = new Histogram(LATENCY_NS_MAX, DIGITS);
        Engine engine = open(firstNs, random);
        while (againNs.getTotalCount() < AGAIN) {
            engine.close();
            engine = open(againNs, random);
        }
        List<Row> rows = List.of(row("first", firstNs), row("again", againNs));
        return new Opened(wasCold ? rows : rows.stream().map(Row::withWarmPages).toList(), engine);
    }

    private static Row row(String what, Histogram latencyNs) {
        double seconds = latencyNs.getMean() * latencyNs.getTotalCount() / 1e9;
        return Row.of(new Workers(what, 1, false, random -> () -> false), latencyNs, seconds);
    }

    private Engine open(Histogram latencyNs, SplittableRandom random) throws IOException, InterruptedException {
        Path directory = Path.of(settings.directory());
        wasCold &= PageCache.empty(directory);
        int index = random.nextInt(keys.count());
        long start = SystemClock.INSTANCE.monotonicNs();
        Engine engine = settings.open(directory);
        new Work(engine, keys, values, settings.dataset().seed()).hit(index);
        latencyNs.recordValue(SystemClock.INSTANCE.monotonicNs() - start);
        return engine;
    }
}
