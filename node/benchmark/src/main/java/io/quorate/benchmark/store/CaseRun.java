package io.quorate.benchmark.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One case of one engine, in this process: warm up, measure, wait for rest. */
final class CaseRun {
    private static final double NO_LIMIT_SECONDS = 1e9;
    private static final int KEYS_ASIDE_MAX = 1_000;

    private final Settings settings;
    private final Dataset dataset;
    private final KeySpace keys;
    private final Values values;

    CaseRun(Settings settings) {
        this.settings = settings;
        this.dataset = settings.dataset();
        this.keys = new KeySpace(dataset.keys());
        this.values = new Values(dataset.valueBytes(), dataset.seed());
    }

    /** Arguments: {@link Settings} as JSON, and the file for the {@link CaseOutcome}. */
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        CaseOutcome outcome = new CaseRun(mapper.readValue(arguments[0], Settings.class)).run();
        mapper.writeValue(Path.of(arguments[1]).toFile(), outcome);
    }

    CaseOutcome run() throws IOException, InterruptedException {
        return switch (settings.which().start()) {
            case EMPTY -> fill();
            case FILLED, FILLED_AND_CACHED, FILLED_AND_COLD -> operate();
            case CLOSED -> open();
        };
    }

    private CaseOutcome fill() throws IOException, InterruptedException {
        Path directory = Path.of(settings.directory());
        Path aside = aside(directory);
        try (Engine engine = openNew(aside)) {
            work(engine, settings.timing().warmupSeconds());
        }
        Folder.delete(aside);
        try (Engine engine = openNew(directory)) {
            return measure(engine);
        }
    }

    private CaseOutcome operate() throws IOException, InterruptedException {
        Path directory = Path.of(settings.directory());
        PageCache.fill(directory);
        try (Engine engine = settings.open(directory)) {
            if (settings.which().isCached()) {
                new Work(engine, keys, values, dataset.seed()).touchAll();
            }
            work(engine, settings.timing().warmupSeconds());
            Rest.await(engine, settings.timing().restMs());
            return measure(engine);
        }
    }

    /** A store aside has the classes and native libraries loaded before. */
    private CaseOutcome open() throws IOException, InterruptedException {
        Path aside = aside(Path.of(settings.directory()));
        KeySpace few = new KeySpace(Math.min(keys.count(), KEYS_ASIDE_MAX));
        try (Engine engine = openNew(aside)) {
            new ClosedLoopRun(new Work(engine, few, values, dataset.seed()).fillInOrder(), Long.MAX_VALUE, 0).work();
        }
        try (Engine engine = settings.open(aside)) {
            new Work(engine, few, values, dataset.seed()).hit(0);
        }
        Folder.delete(aside);
        Usage before = Usage.now();
        RepeatedOpens.Opened opened = new RepeatedOpens(settings).run();
        try (Engine engine = opened.last()) {
            return outcome(engine, opened.rows(), before, TableBytes.NONE);
        }
    }

    private static Path aside(Path directory) {
        return directory.resolveSibling(directory.getFileName() + "-warmup");
    }

    private Engine openNew(Path directory) throws IOException {
        Folder.delete(directory);
        Files.createDirectories(directory);
        return settings.open(directory);
    }

    private List<Row> work(Engine engine, double secondsMax) throws InterruptedException {
        Work work = new Work(engine, keys, values, dataset.seed());
        return new ClosedLoopRun(settings.which().groups(work), (long) (secondsMax * 1e9), dataset.seed()).work();
    }

    private CaseOutcome measure(Engine engine) throws IOException, InterruptedException {
        boolean warmPages = settings.which().start() == Case.Start.FILLED_AND_COLD
                && !PageCache.empty(Path.of(settings.directory()));
        TableBytes tablesBefore = engine.tables();
        Usage before = Usage.now();
        List<Row> rows = work(
                engine,
                settings.which().writesAllKeys()
                        ? NO_LIMIT_SECONDS
                        : settings.timing().seconds());
        return outcome(engine, warmPages ? rows.stream().map(Row::withWarmPages).toList() : rows, before, tablesBefore);
    }

    private CaseOutcome outcome(Engine engine, List<Row> rows, Usage before, TableBytes tablesBefore)
            throws IOException, InterruptedException {
        double restSeconds = Rest.await(engine, settings.timing().restMs());
        Usage after = Usage.now();
        long written =
                rows.stream().filter(Row::writes).mapToLong(Row::operations).sum();
        return new CaseOutcome(
                settings.engine(),
                settings.which(),
                dataset.keys(),
                dataset.valueBytes(),
                rows,
                new CaseOutcome.Cost(
                        restSeconds,
                        (after.cpuNs() - before.cpuNs()) / 1e9,
                        after.writtenBytes() < 0 ? -1 : after.writtenBytes() - before.writtenBytes(),
                        written * (KeySpace.KEY_BYTES + dataset.valueBytes()),
                        Folder.bytes(Path.of(settings.directory()))),
                new MemoryUse(settings.memory(), Usage.residentBytesNow()),
                engine.tables().since(tablesBefore));
    }
}
