package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;

/**
 * A table as the strategy sees it.
 *
 * @param level 0 for a table that may overlap others of its level
 */
public record TableDescription(
        TableFile file, int level, Key firstKey, Key lastKey, EntryCounts counts, ExpirySpan expiries) {
    public static TableDescription of(Table table, int level) {
        TableProperties properties = table.properties();
        return new TableDescription(
                table.identity(),
                level,
                properties.firstKey(),
                properties.lastKey(),
                properties.counts(),
                properties.expiries());
    }

    public long number() {
        return file.number();
    }

    /** The length of its file. */
    public long bytes() {
        return file.bytes();
    }

    long entries() {
        return counts.entries();
    }

    long tombstones() {
        return counts.tombstones();
    }

    boolean overlaps(Key first, Key last) {
        return firstKey.compareTo(last) <= 0 && first.compareTo(lastKey) <= 0;
    }

    double expiredAt(long wallMs) {
        return expiries.expiredAt(wallMs);
    }
}
