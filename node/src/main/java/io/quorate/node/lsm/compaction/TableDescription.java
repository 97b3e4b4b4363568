package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableProperties;

/**
 * What the strategy knows of a table.
 *
 * @param level 0 for one that may overlap others of its level
 * @param bytes how long its file is
 * @param expiring how many of its entries have an end of life, and bytes to lose then
 * @param minExpiryMs the earliest of these ends, and {@code maxExpiryMs} the latest; milliseconds since 1970
 */
public record TableDescription(
        long number,
        int level,
        Key firstKey,
        Key lastKey,
        long bytes,
        long entries,
        long tombstones,
        long expiring,
        long minExpiryMs,
        long maxExpiryMs) {
    public static TableDescription of(Table table, int level) {
        TableProperties properties = table.properties();
        return new TableDescription(
                table.identity().number(),
                level,
                properties.firstKey(),
                properties.lastKey(),
                table.identity().bytes(),
                properties.entries(),
                properties.tombstones(),
                properties.expiring(),
                properties.minExpiryMs(),
                properties.maxExpiryMs());
    }

    boolean overlaps(Key first, Key last) {
        return firstKey.compareTo(last) <= 0 && first.compareTo(lastKey) <= 0;
    }

    /** About how many entries have expired, as if their ends were spread evenly between the first and the last. */
    double expiredAt(long wallMs) {
        if (expiring == 0 || wallMs < minExpiryMs) {
            return 0;
        }
        double span = (double) maxExpiryMs - minExpiryMs + 1;
        return expiring * Math.min(1, ((double) wallMs - minExpiryMs + 1) / span);
    }
}
