package io.quorate.node.lsm.wal;

import io.quorate.node.lsm.wal.EndOfLog.Behind;

/**
 * A frame behind the place where the frames of a file end, see {@link LaterFrames}.
 *
 * @param behind what it proves
 * @param at where it is
 * @param place where it belongs
 */
record LaterFrame(Behind behind, long at, long place) {
    static final LaterFrame NONE = new LaterFrame(Behind.NOTHING, 0, 0);

    String says() {
        return switch (behind) {
            case NOTHING -> "and there is none behind it";
            case FRAME_THAT_NEEDS_IT -> "though the one at " + at + " says that it was durable here";
            case MISPLACED_FRAME -> "though the disk wrote one that belongs at " + place + " to " + at;
        };
    }
}
