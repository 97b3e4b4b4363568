package io.quorate.node.lsm.inspect;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.TableProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for overlapping tables of one level other than 0. A read would look into only one of them. */
final class LevelCheck {
    private final Map<Integer, TreeMap<Key, Range>> levels = new HashMap<>();

    private record Range(long table, Key lastKey) {}

    /** Takes one more table. Returns the number of an earlier table that overlaps it, or empty. */
    Optional<Long> overlapped(PlacedFile placed, TableProperties properties) {
        if (placed.level() == 0) {
            return Optional.empty();
        }
        TreeMap<Key, Range> level = levels.computeIfAbsent(placed.level(), each -> new TreeMap<>());
        Map.Entry<Key, Range> before = level.floorEntry(properties.lastKey());
        boolean overlaps = before != null && before.getValue().lastKey.compareTo(properties.firstKey()) >= 0;
        if (overlaps) {
            return Optional.of(before.getValue().table);
        }
        level.put(properties.firstKey(), new Range(placed.file().number(), properties.lastKey()));
        return Optional.empty();
    }
}
