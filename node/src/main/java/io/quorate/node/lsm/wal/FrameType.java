package io.quorate.node.lsm.wal;

import io.quorate.common.model.Coded;

/** What a frame carries. */
public enum FrameType implements Coded {
    /** The first of a log segment, see {@link SegmentStart}. */
    SEGMENT_START(1),
    /** A group of writes, see {@link WritesFormat}. */
    WRITES(2),
    /** A change of the manifest. */
    EDIT(3),
    /** Nothing. The last frame of a file, which vouches for those before it, see {@link FrameAppender#vouch}. */
    VOUCHER(4);

    private static final FrameType[] ALL = values();

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** Whether a type has this code. */
    static boolean isCode(int code) {
        for (FrameType type : ALL) {
            if (type.code == code) {
                return true;
            }
        }
        return false;
    }
}
