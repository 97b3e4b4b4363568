package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputSplitTest {
    private static Key key(int index) {
        return Key.of(String.format("%03d", index));
    }

    private static List<TableDescription> tablesOfTenKeys(int count, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TableDescription(
                        new TableFile(i, bytes),
                        6,
                        key(10 * i),
                        key(10 * i + 9),
                        new EntryCounts(10, 0),
                        ExpirySpan.NONE))
                .toList();
    }

    /** The first keys of all tables but the first one, for keys from 0 on of {@code keyBytes} each. */
    private static List<Integer> splits(OutputSplit split, int keys, int keyBytes) {
        List<Integer> splits = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < keys; i++) {
            if (split.isBefore(key(i), bytes)) {
                splits.add(i);
                bytes = 0;
            }
            bytes += keyBytes;
        }
        return splits;
    }

    @Test
    void aTableEndsWhenItIsLongEnough() {
        assertEquals(List.of(10, 20), splits(new OutputSplit(100, List.of()), 30, 10));
    }

    @Test
    void withoutALimitATableHasEverything() {
        assertEquals(List.of(), splits(new OutputSplit(Long.MAX_VALUE, List.of()), 30, 10));
    }

    @Test
    void aTableEndsBeforeItOverlapsTooMuchBelow() {
        assertEquals(List.of(110, 220), splits(new OutputSplit(10_000, tablesOfTenKeys(30, 10_000)), 300, 1));
    }

    @Test
    void whatLiesBetweenTwoTablesIsNobodysOverlap() {
        OutputSplit split = new OutputSplit(100, tablesOfTenKeys(30, 1_000));
        assertFalse(split.isBefore(key(295), 0));
        assertFalse(split.isBefore(key(296), 10));
        assertTrue(split.isBefore(key(297), 100));
    }
}
