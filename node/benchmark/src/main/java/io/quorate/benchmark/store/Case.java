package io.quorate.benchmark.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What is measured, in the order in which it runs: {@link #FILL_RANDOM} leaves the data for those after it. */
enum Case {
    FILL_SEQUENTIAL("fill-sequential", Start.EMPTY, End.ALL_KEYS, Work::fillInOrder),
    SYNCED_1("fsync-1", Start.EMPTY, End.TIME, work -> work.syncedPuts(1)),
    SYNCED_8("fsync-8", Start.EMPTY, End.TIME, work -> work.syncedPuts(8)),
    SYNCED_64("fsync-64", Start.EMPTY, End.TIME, work -> work.syncedPuts(64)),
    FILL_RANDOM("fill-random", Start.EMPTY, End.ALL_KEYS, Work::fillShuffled),
    /** Measured by {@link RepeatedOpens}. */
    OPEN("open", Start.CLOSED, End.OPENS, work -> List.of()),
    HIT_1("hit-1", Start.FILLED, End.TIME, work -> work.hits(1)),
    HIT_2("hit-2", Start.FILLED, End.TIME, work -> work.hits(2)),
    COLD_HIT_1("cold-hit-1", Start.FILLED_AND_COLD, End.TIME, work -> work.hits(1)),
    CACHED_HIT_1("cached-hit-1", Start.FILLED_AND_CACHED, End.TIME, work -> work.hits(1)),
    CACHED_HIT_2("cached-hit-2", Start.FILLED_AND_CACHED, End.TIME, work -> work.hits(2)),
    MISS_1("miss-1", Start.FILLED, End.TIME, work -> work.misses(1)),
    MISS_2("miss-2", Start.FILLED, End.TIME, work -> work.misses(2)),
    SCAN_10("scan-10", Start.FILLED, End.TIME, work -> work.scans(10)),
    SCAN_100("scan-100", Start.FILLED, End.TIME, work -> work.scans(100)),
    READ_WHILE_WRITING("read-while-writing", Start.FILLED, End.TIME, Work::hitsWhileWriting),
    OVERWRITE("overwrite", Start.FILLED, End.ALL_KEYS, Work::overwrites);

    /** The engine that a case begins with. */
    enum Start {
        EMPTY,
        FILLED,
        /** All data is in the block cache. */
        FILLED_AND_CACHED,
        /** No file is in the kernel's page cache. */
        FILLED_AND_COLD,
        /** It is not open: this is what the case measures. */
        CLOSED
    }

    private enum End {
        ALL_KEYS,
        TIME,
        OPENS
    }

    private final String label;
    private final Start start;
    private final End end;
    private final Function<Work, List<Workers>> groups;

    Case(String label, Start start, End end, Function<Work, List<Workers>> groups) {
        this.label = label;
        this.start = start;
        this.end = end;
        this.groups = groups;
    }

    String label() {
        return label;
    }

    Start start() {
        return start;
    }

    /** Whether it needs what {@link #FILL_RANDOM} leaves. */
    boolean needsData() {
        return start != Start.EMPTY;
    }

    /** Whether it writes as many keys as there are, for as long as that takes. */
    boolean writesAllKeys() {
        return end == End.ALL_KEYS;
    }

    /** Whether all data is to fit into the block cache. */
    boolean isCached() {
        return start == Start.FILLED_AND_CACHED;
    }

    List<Workers> groups(Work work) {
        return groups.apply(work);
    }

    static Case of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case '" + label + "'; there are " + labels()));
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Case::label).toList();
    }
}
