package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputSplitTest {
    private static final long MANY = 1_000_000;

    private static Key key(int index) {
        return Key.of(String.format("%03d", index));
    }

    private static EncodedEntry entry(int index) {
        EncodedEntry entry = new EncodedEntry();
        entry.setKey(key(index).bytes(), key(index).length());
        return entry;
    }

    private static List<TableDescription> tablesOfTenKeys(int count, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TableDescription(
                        new TableFile(i, bytes),
                        6,
                        new KeySpan(key(10 * i), key(10 * i + 9)),
                        new EntryCounts(10, 0, 0),
                        ExpirySpan.NONE,
                        0))
                .toList();
    }

    /** The first keys of all tables but the first one, for keys from 0 on of {@code keyBytes} each. */
    private static List<Integer> splits(OutputSplit split, int keys, int keyBytes) {
        List<Integer> splits = new ArrayList<>();
        long bytes = 0;
        long entries = 0;
        for (int i = 0; i < keys; i++) {
            if (split.isBefore(entry(i), bytes, entries)) {
                splits.add(i);
                bytes = 0;
                entries = 0;
            }
            bytes += keyBytes;
            entries++;
        }
        return splits;
    }

    @Test
    void aTableEndsWhenItIsLongEnough() {
        assertEquals(List.of(10, 20), splits(new OutputSplit(100, MANY, List.of()), 30, 10));
    }

    /** Small entries compress to a few bytes, and the heap for a filter is as large as their number. */
    @Test
    void aTableEndsWhenItHasManyEntries() {
        assertEquals(List.of(10, 20), splits(new OutputSplit(Long.MAX_VALUE, 10, List.of()), 30, 1));
    }

    @Test
    void withoutALimitATableHasEverything() {
        assertEquals(List.of(), splits(new OutputSplit(Long.MAX_VALUE, MANY, List.of()), 30, 10));
    }

    @Test
    void aTableEndsBeforeItOverlapsTooMuchBelow() {
        assertEquals(List.of(110, 220), splits(new OutputSplit(10_000, MANY, tablesOfTenKeys(30, 10_000)), 300, 1));
    }

    @Test
    void whatLiesBetweenTwoTablesIsNobodysOverlap() {
        OutputSplit split = new OutputSplit(100, MANY, tablesOfTenKeys(30, 1_000));
        assertFalse(split.isBefore(entry(295), 0, 0));
        assertFalse(split.isBefore(entry(296), 10, 1));
        assertTrue(split.isBefore(entry(297), 100, 2));
    }
}
