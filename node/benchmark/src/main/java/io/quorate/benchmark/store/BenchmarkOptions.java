package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to run, as a person says it, and the plan that comes of it. */
final class BenchmarkOptions {
    private static final int KEYS_MAX = 1_000_000_000;
    private static final int REST_MS = 400;

    @Option(
            names = "--large",
            paramLabel = "GB",
            description =
                    "compares large stores with small caches: as many keys as make so many GB with their values, values"
                            + " of 1,000 bytes, a cache of blocks for 5 %% of the data, 20 s measured after 20 s of the same work, and"
                            + " the cases fill-random, open, hit-1, cold-hit-1, miss-1, scan-10, scan-100 and read-while-writing. The"
                            + " options below change each of these, but for --keys. Needs 2.5 times as much free space on disk")
    private Double largeGb;

    @Option(names = "--cases", split = ",", paramLabel = "CASE", description = "which cases; all if not given")
    private List<String> cases;

    @Option(
            names = "--value-bytes",
            split = ",",
            paramLabel = "N",
            description = "lengths of values, tables for each; 100,1000 if not given")
    private List<Integer> valueBytes;

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "N",
            description = "how many keys, for each length of values; 3000000,1000000 if not given")
    private List<Integer> keys;

    @Option(
            names = "--cache-percent",
            paramLabel = "P",
            description =
                    "size of the cache of blocks as a part of the data, keys and values; 32 MiB if not given. With it,"
                            + " Quorate's filters get a quarter of the heap, and RocksDB keeps indexes and filters in the cache")
    private Double cachePercent;

    @Option(names = "--engines", split = ",", defaultValue = "rocksdb,quorate", description = "rocksdb, quorate")
    private List<EngineKind> engines;

    @Option(names = "--seconds", description = "how long a closed loop is measured; 4 if not given")
    private Double seconds;

    @Option(names = "--warmup-seconds", description = "the same work before it is measured; 2 if not given")
    private Double warmupSeconds;

    @Option(names = "--rounds", defaultValue = "1", description = "repeats each pair, and reports the medians")
    private int rounds;

    @Option(
            names = "--heap-mb",
            defaultValue = "256",
            description =
                    "of each JVM. Quorate's cache of blocks lies on the heap, so its heap is larger by twice the cache"
                            + " where that is larger than 32 MiB")
    private int heapMb;

    @Option(names = "--seed", defaultValue = "1", description = "the same seed, the same keys in the same order")
    private long seed;

    /** @throws IllegalArgumentException if an option is out of bounds. It says which, and what is allowed */
    Plan plan() {
        Preset preset = largeGb == null ? Preset.USUAL : Preset.LARGE;
        Timing timing = new Timing(
                given(seconds).orElse(preset.seconds), given(warmupSeconds).orElse(preset.warmupSeconds), REST_MS);
        require(
                timing.seconds() > 0 && timing.warmupSeconds() > 0,
                "--seconds and --warmup-seconds must be more than 0");
        require(rounds > 0 && heapMb > 0, "--rounds and --heap-mb must be at least 1");
        require(
                cachePercent == null || cachePercent > 0 && cachePercent <= 100,
                "--cache-percent: allowed is more than 0, up to 100");
        double percent = given(cachePercent).orElse(preset.cachePercent);
        return new Plan(engines, cases(preset), datasets(preset), rounds, timing, new MemoryBudget(heapMb, percent));
    }

    private List<Case> cases(Preset preset) {
        return cases == null ? preset.cases : cases.stream().map(Case::of).toList();
    }

    private List<Dataset> datasets(Preset preset) {
        require(largeGb == null || keys == null, "give --large or --keys, not both: each says how much data there is");
        List<Integer> lengths = given(valueBytes).orElse(preset.valueBytes);
        int lengthMax = StoreOptions.DEFAULTS.writes().valueBytesMax();
        require(
                lengths.stream().allMatch(bytes -> bytes > 0 && bytes <= lengthMax),
                "--value-bytes: allowed are 1 to " + lengthMax);
        require(lengths.stream().distinct().count() == lengths.size(), "--value-bytes: each length may be given once");
        List<Dataset> datasets = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            datasets.add(new Dataset(keys(i, lengths.get(i)), lengths.get(i), seed));
        }
        return datasets;
    }

    /** The last of the keys goes for all the rest. */
    private int keys(int i, int length) {
        if (largeGb != null) {
            double count = Dataset.keysOf(largeGb * 1e9, length);
            require(
                    largeGb > 0 && count <= KEYS_MAX,
                    String.format(
                            Locale.ROOT,
                            "--large: allowed is more than 0, up to %,.0f with values of %d bytes (a billion keys)",
                            (double) KEYS_MAX / 1e9 * (KeySpace.KEY_BYTES + length),
                            length));
            return (int) count;
        }
        List<Integer> counts = given(keys).orElse(Preset.KEYS);
        int count = counts.get(Math.min(i, counts.size() - 1));
        require(count > 0 && count <= KEYS_MAX, "--keys: allowed are 1 to 10^9");
        return count;
    }

    private static <T> Optional<T> given(T option) {
        return Optional.ofNullable(option);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
