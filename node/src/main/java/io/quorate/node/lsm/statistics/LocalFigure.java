package io.quorate.node.lsm.statistics;

import static io.quorate.common.statistics.Figure.FigureKind.COUNTER;
import static io.quorate.common.statistics.Figure.FigureKind.GAUGE;
import static io.quorate.common.statistics.Figure.FigureUnit.BYTES;
import static io.quorate.common.statistics.Figure.FigureUnit.COUNT;
import static io.quorate.common.statistics.Figure.FigureUnit.MS;

import io.quorate.common.statistics.Figure;

/** The numbers of a store that are shown as metrics only, and so have no code on the wire. */
public enum LocalFigure {
    STALLED_MS(new Figure<>(
            "stalledMs",
            MS,
            COUNTER,
            "stalled.seconds",
            "For how long writes had to wait for the end of a flush or merge",
            StoreStatistics::stalledMs)),
    DESCRIPTOR_SHORTAGES(new Figure<>(
            "descriptorShortages",
            COUNT,
            COUNTER,
            "descriptor.shortages",
            "Times that the store needed a file descriptor and found none",
            each -> each.descriptors().timesMet())),
    OUT_OF_DESCRIPTORS(new Figure<>(
            "outOfDescriptors",
            COUNT,
            GAUGE,
            "out.of.descriptors",
            "1 while the store waits for a free file descriptor",
            each -> each.descriptors().lasts() ? 1 : 0)),
    MERGES_HELD_UP(new Figure<>(
            "mergesHeldUp",
            COUNT,
            COUNTER,
            "merges.held.up",
            "Merges that met a shortage and were undone, to be tried again",
            each -> each.compaction().mergesHeldUp())),
    CACHE_HITS(new Figure<>(
            "cacheHits", COUNT, COUNTER, "cache.hits", "Blocks of tables that were in the cache", each -> each.cache()
                    .hits())),
    CACHE_MISSES(new Figure<>(
            "cacheMisses", COUNT, COUNTER, "cache.misses", "Blocks of tables that had to be read", each -> each.cache()
                    .misses())),
    CACHE_EVICTIONS(new Figure<>(
            "cacheEvictions",
            COUNT,
            COUNTER,
            "cache.evictions",
            "Blocks that left the cache for others",
            each -> each.cache().evictions())),
    CACHE_BYTES(new Figure<>(
            "cacheBytes",
            BYTES,
            GAUGE,
            "cache.bytes",
            "About what the cache of blocks takes in memory",
            each -> each.cache().bytes())),
    FILTER_BYTES(new Figure<>(
            "filterBytes",
            BYTES,
            GAUGE,
            "filter.bytes",
            "What the filters of the live tables take in memory",
            each -> each.filters().bytes())),
    TABLES_WITHOUT_FILTER(new Figure<>(
            "tablesWithoutFilter",
            COUNT,
            GAUGE,
            "tables.without.filter",
            "Live tables whose filter finds no room in memory",
            each -> each.filters().tablesWithout()));

    private final Figure<StoreStatistics> figure;

    LocalFigure(Figure<StoreStatistics> figure) {
        this.figure = figure;
    }

    public Figure<StoreStatistics> figure() {
        return figure;
    }
}
