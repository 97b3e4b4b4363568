package io.quorate.node.lsm.wal;

/**
 * The verdict on the place where the next frame of a log or a manifest is due. It is a pure decision: the readers
 * gather the evidence and pass it here.
 *
 * <pre>
 * in one file          | behind it: nothing | a frame that needs it | a misplaced frame
 * ---------------------+--------------------+-----------------------+------------------
 * the next frame       | GOES_ON            | GOES_ON               | GOES_ON
 * a voucher            | WHOLE              | LOST_WRITES           | LOST_WRITES
 * no valid frame       | TORN               | LOST_WRITES           | LOST_WRITES
 * a frame out of turn  | DAMAGED            | DAMAGED               | DAMAGED
 *
 * the next segment     | the manifest says: started | not started
 * ---------------------+----------------------------+------------------
 * is missing           | LOST_WRITES                | the end so far
 * was not begun        | DAMAGED                    | the end so far
 * follows another one  | DAMAGED                    | the end so far
 * follows this end     | GOES_ON                    | GOES_ON
 * follows a later end  | LOST_WRITES                | LOST_WRITES
 * follows an earlier   | DAMAGED                    | the end so far
 * </pre>
 *
 * <ul>
 *   <li>A segment is in the manifest before it takes writes. So a segment that is not in the manifest has none, unless
 *       the manifest's last edit is lost. Its beginning is evidence all the same: all that it follows was durable.
 *   <li>A segment that was made but never started may follow an earlier end. Its announcement met a shortage, the log
 *       went on in its old segment, and a crash brought the deleted file back.
 *   <li>A torn end before a segment that follows it is whole: the next segment vouches for it.
 * </ul>
 */
public enum EndOfLog {
    /** It is no end: the next frame or the next segment is here. */
    GOES_ON,
    /** No frame is missing: a voucher says so. */
    WHOLE,
    /**
     * A crash may have cut off a frame here. Nothing says that it was ever forced, so what is left of it may be cut.
     */
    TORN,
    /** Frames that had been forced are gone, and with them acknowledged writes. */
    LOST_WRITES,
    /** The store never writes what is here. */
    DAMAGED;

    /** What a file has where its next frame is due. */
    enum Place {
        NEXT_FRAME,
        VOUCHER,
        NO_VALID_FRAME,
        FRAME_OUT_OF_TURN
    }

    /** What the bytes of a file behind that place have. */
    enum Behind {
        NOTHING,
        /** It was written after a frame at the place, or a later one, had been forced. */
        FRAME_THAT_NEEDS_IT,
        /** The disk wrote a frame here that belongs to the place, or further back. */
        MISPLACED_FRAME
    }

    /** The file with the next number, compared with the end of the segment before it. */
    enum NextSegment {
        MISSING,
        /** Its header, its salt or its first frame is not whole. */
        NOT_BEGUN,
        FOLLOWS_ANOTHER,
        FOLLOWS_THIS_END,
        FOLLOWS_A_LATER_END,
        FOLLOWS_AN_EARLIER_END
    }

    static EndOfLog of(Place place, Behind behind) {
        return switch (place) {
            case NEXT_FRAME -> GOES_ON;
            case VOUCHER -> behind == Behind.NOTHING ? WHOLE : LOST_WRITES;
            case NO_VALID_FRAME -> behind == Behind.NOTHING ? TORN : LOST_WRITES;
            case FRAME_OUT_OF_TURN -> DAMAGED;
        };
    }

    /** The verdict on the end of a whole segment, which is this one so far, by the segment that is due next. */
    EndOfLog before(NextSegment next, boolean started) {
        return switch (next) {
            case FOLLOWS_THIS_END -> GOES_ON;
            case FOLLOWS_A_LATER_END -> LOST_WRITES;
            case MISSING -> started ? LOST_WRITES : this;
            case NOT_BEGUN, FOLLOWS_ANOTHER, FOLLOWS_AN_EARLIER_END -> started ? DAMAGED : this;
        };
    }
}
