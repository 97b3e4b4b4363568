package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties;

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
                new EntryCounts(properties.entries(), properties.tombstones()),
                new ExpirySpan(properties.expiring(), properties.minExpiryMs(), properties.maxExpiryMs()));
    }

    public record EntryCounts(long entries, long tombstones) {}

    /**
     * When the values of a table expire.
     *
     * @param count how many of its entries expire, and have bytes to lose then
     * @param minMs the first expiry, {@link Value#NEVER_EXPIRES} if there is none; milliseconds since 1970
     * @param maxMs the last expiry, 0 if there is none; milliseconds since 1970
     */
    public record ExpirySpan(long count, long minMs, long maxMs) {
        static final ExpirySpan NONE = new ExpirySpan(0, Value.NEVER_EXPIRES, 0);

        /**
         * About how many entries have expired, as if their expiries were spread evenly between the first and the last.
         */
        double expiredAt(long wallMs) {
            if (count == 0 || wallMs < minMs) {
                return 0;
            }
            double span = (double) maxMs - minMs + 1;
            return count * Math.min(1, ((double) wallMs - minMs + 1) / span);
        }
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
