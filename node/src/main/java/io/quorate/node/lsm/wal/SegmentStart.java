package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;

/**
 * The payload of a segment's first frame. It chains the segments: what lies below the end that it names was durable, so
 * a segment that ends earlier has lost something.
 *
 * <pre>
 * start := previous segment's number varint | where its frames ended varint
 * </pre>
 *
 * @param previous 0 if there is none before it
 */
record SegmentStart(long previous, long previousEnd) {
    static final SegmentStart FIRST = new SegmentStart(0, 0);

    void write(BytesWriter out) {
        out.writeVarint(previous);
        out.writeVarint(previousEnd);
    }

    static SegmentStart read(BytesReader in) {
        SegmentStart start = new SegmentStart(in.readVarint(), in.readVarint());
        in.requireEnd();
        return start;
    }
}
