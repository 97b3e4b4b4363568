package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.wal.EndOfLog.NextSegment;

/**
 * The payload of the first frame of a segment. It chains the segments. Everything below the end that it names was
 * durable, so a previous segment that ends earlier has lost writes.
 *
 * <pre>
 * start := previous segment's number varint | where its frames ended varint
 * </pre>
 *
 * @param previous 0 if there is none
 */
record SegmentStart(long previous, long previousEnd) {
    static final SegmentStart FIRST = new SegmentStart(0, 0);

    void write(BytesWriter out) {
        out.writeVarint(previous);
        out.writeVarint(previousEnd);
    }

    /** Whether it follows a segment whose frames end there. */
    NextSegment after(long segment, long end) {
        if (previous != segment) {
            return NextSegment.FOLLOWS_ANOTHER;
        }
        if (previousEnd == end) {
            return NextSegment.FOLLOWS_THIS_END;
        }
        return previousEnd > end ? NextSegment.FOLLOWS_A_LATER_END : NextSegment.FOLLOWS_AN_EARLIER_END;
    }

    static SegmentStart read(BytesReader in) {
        SegmentStart start = new SegmentStart(in.readVarint(), in.readVarint());
        in.requireEnd();
        return start;
    }
}
