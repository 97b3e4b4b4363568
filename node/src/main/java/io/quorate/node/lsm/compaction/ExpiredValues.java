package io.quorate.node.lsm.compaction;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Record;

/**
 * What a merge does with values whose life is over: long enough after, all that they still say is that nothing older
 * counts, and so says a tombstone of their version. The grace is so long that no replica, whatever its clock says within
 * what clocks may differ by, still shows the value.
 *
 * @param endedMs values that expired at this time or before go; milliseconds since 1970
 */
public record ExpiredValues(long endedMs) {
    Record strip(Record record) {
        return record.isExpiredAt(endedMs) ? new Record(record.version(), TOMBSTONE) : record;
    }
}
