package io.quorate.benchmark.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One case of one engine, in this process: warm up, measure, wait for rest. */
final class CaseRun {
    private static final double NO_LIMIT_SECONDS = 1e9;

    private final Settings settings;
    private final KeySpace keys;
    private final Values values;

    CaseRun(Settings settings) {
        this.settings = settings;
        this.keys = new KeySpace(settings.keys());
        this.values = new Values(settings.valueBytes(), settings.seed());
    }

    /** Arguments: {@link Settings} as JSON, and the file for the {@link CaseOutcome}. */
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        CaseOutcome outcome = new CaseRun(mapper.readValue(arguments[0], Settings.class)).run();
        mapper.writeValue(Path.of(arguments[1]).toFile(), outcome);
    }

    CaseOutcome run() throws IOException, InterruptedException {
        Path directory = Path.of(settings.directory());
        if (!settings.which().needsData()) {
            warmUpAside(directory);
            Folder.delete(directory);
        }
        try (Engine engine = open(directory)) {
            if (settings.which().needsData()) {
                warmUp(engine);
            }
            return measure(engine, directory);
        }
    }

    private Engine open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return settings.engine().open(directory, settings.options());
    }

    private void warmUpAside(Path directory) throws IOException, InterruptedException {
        Path aside = directory.resolveSibling(directory.getFileName() + "-warmup");
        Folder.delete(aside);
        try (Engine engine = open(aside)) {
            work(engine, settings.warmupSeconds());
        }
        Folder.delete(aside);
    }

    private void warmUp(Engine engine) throws InterruptedException {
        if (settings.which().isCached()) {
            new Work(engine, keys, values, settings.seed()).touchAll();
        }
        work(engine, settings.warmupSeconds());
        Usage.awaitRest(settings.restMs());
    }

    private List<Row> work(Engine engine, double secondsMax) throws InterruptedException {
        Work work = new Work(engine, keys, values, settings.seed());
        return new ClosedLoopRun(settings.which().groups(work), (long) (secondsMax * 1e9), settings.seed()).work();
    }

    private CaseOutcome measure(Engine engine, Path directory) throws IOException, InterruptedException {
        Usage before = Usage.now();
        List<Row> rows = work(engine, settings.which().isTimed() ? settings.seconds() : NO_LIMIT_SECONDS);
        double restSeconds = Usage.awaitRest(settings.restMs());
        Usage after = Usage.now();
        long written =
                rows.stream().filter(Row::writes).mapToLong(Row::operations).sum();
        return new CaseOutcome(
                settings.engine(),
                settings.which(),
                settings.keys(),
                settings.valueBytes(),
                rows,
                new CaseOutcome.Cost(
                        restSeconds,
                        (after.cpuNs() - before.cpuNs()) / 1e9,
                        after.writtenBytes() < 0 ? -1 : after.writtenBytes() - before.writtenBytes(),
                        written * (KeySpace.KEY_BYTES + settings.valueBytes()),
                        Folder.bytes(directory)));
    }
}
