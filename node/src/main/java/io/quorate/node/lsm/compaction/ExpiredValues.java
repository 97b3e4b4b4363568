package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Record;
import io.quorate.common.model.Value;

/**
 * What a merge does with values whose life is over: long enough after, nobody is shown them, so their bytes go. The version
 * stays, and a life that is over by every clock.
 *
 * <p>A tombstone in their place would be wrong. The end of a life is a conditional write, of the next version, that a
 * majority agrees on ({@link Record#expired}). Whoever reads a tombstone asks for no such agreement, and a conditional
 * write that prolonged the life might come through after that.
 *
 * @param endedMs values that expired at this time or before go; milliseconds since 1970
 */
public record ExpiredValues(long endedMs) {
    /** What is left of such a value. */
    public static final Value ENDED = Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE, 1);

    Record strip(Record record) {
        return record.isExpiredAt(endedMs) ? new Record(record.version(), ENDED, record.request()) : record;
    }
}
