package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;

/**
 * A table as the strategy sees it.
 *
 * @param level 0 for a table that may overlap others of its level
 * @param writtenMs when it was written, in milliseconds since 1970, or 0 if that is not known
 */
public record TableDescription(
        TableFile file, int level, KeySpan keys, EntryCounts counts, ExpirySpan expiries, long writtenMs) {
    public static TableDescription of(Table table, int level) {
        TableProperties properties = table.properties();
        return new TableDescription(
                table.identity(),
                level,
                properties.keys(),
                properties.counts(),
                properties.expiries(),
                properties.origin().writtenMs());
    }

    public Key firstKey() {
        return keys.first();
    }

    public Key lastKey() {
        return keys.last();
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

    long forgotten() {
        return counts.forgotten();
    }

    boolean overlaps(Key first, Key last) {
        return firstKey().compareTo(last) <= 0 && first.compareTo(lastKey()) <= 0;
    }

    double expiredAt(long wallMs) {
        return expiries.expiredAt(wallMs);
    }
}
