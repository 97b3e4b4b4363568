package io.quorate.node.lsm.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.wal.EndOfLog.Behind;
import io.quorate.node.lsm.wal.EndOfLog.NextSegment;
import io.quorate.node.lsm.wal.EndOfLog.Place;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@link EndOfLog}, case by case. No case is left out. */
class EndOfLogTest {
    private static final String IN_ONE_FILE = """
            NEXT_FRAME        NOTHING             GOES_ON
            NEXT_FRAME        FRAME_THAT_NEEDS_IT GOES_ON
            NEXT_FRAME        MISPLACED_FRAME     GOES_ON
            VOUCHER           NOTHING             WHOLE
            VOUCHER           FRAME_THAT_NEEDS_IT LOST_WRITES
            VOUCHER           MISPLACED_FRAME     LOST_WRITES
            NO_VALID_FRAME    NOTHING             TORN
            NO_VALID_FRAME    FRAME_THAT_NEEDS_IT LOST_WRITES
            NO_VALID_FRAME    MISPLACED_FRAME     LOST_WRITES
            FRAME_OUT_OF_TURN NOTHING             DAMAGED
            FRAME_OUT_OF_TURN FRAME_THAT_NEEDS_IT DAMAGED
            FRAME_OUT_OF_TURN MISPLACED_FRAME     DAMAGED
            """;

    /** The end of the segment before, the next segment, whether the manifest has it as started, the verdict. */
    private static final String NEXT_SEGMENT = """
            WHOLE MISSING                true  LOST_WRITES
            WHOLE MISSING                false WHOLE
            WHOLE NOT_BEGUN              true  DAMAGED
            WHOLE NOT_BEGUN              false WHOLE
            WHOLE FOLLOWS_ANOTHER        true  DAMAGED
            WHOLE FOLLOWS_ANOTHER        false WHOLE
            WHOLE FOLLOWS_THIS_END       true  GOES_ON
            WHOLE FOLLOWS_THIS_END       false GOES_ON
            WHOLE FOLLOWS_A_LATER_END    true  LOST_WRITES
            WHOLE FOLLOWS_A_LATER_END    false LOST_WRITES
            WHOLE FOLLOWS_AN_EARLIER_END true  DAMAGED
            WHOLE FOLLOWS_AN_EARLIER_END false WHOLE
            TORN  MISSING                true  LOST_WRITES
            TORN  MISSING                false TORN
            TORN  NOT_BEGUN              true  DAMAGED
            TORN  NOT_BEGUN              false TORN
            TORN  FOLLOWS_ANOTHER        true  DAMAGED
            TORN  FOLLOWS_ANOTHER        false TORN
            TORN  FOLLOWS_THIS_END       true  GOES_ON
            TORN  FOLLOWS_THIS_END       false GOES_ON
            TORN  FOLLOWS_A_LATER_END    true  LOST_WRITES
            TORN  FOLLOWS_A_LATER_END    false LOST_WRITES
            TORN  FOLLOWS_AN_EARLIER_END true  DAMAGED
            TORN  FOLLOWS_AN_EARLIER_END false TORN
            """;

    private static List<String> rows(String table) {
        return table.lines().map(row -> row.strip().replaceAll(" +", " ")).toList();
    }

    @Test
    void theEndOfOneFile() {
        List<String> decided = Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Behind.values())
                        .map(behind -> place + " " + behind + " " + EndOfLog.of(place, behind)))
                .toList();
        assertEquals(rows(IN_ONE_FILE), decided);
    }

    @Test
    void theEndBeforeTheNextSegment() {
        List<String> decided = Stream.of(EndOfLog.WHOLE, EndOfLog.TORN)
                .flatMap(end -> Arrays.stream(NextSegment.values()).flatMap(next -> Stream.of(true, false)
                        .map(started -> end + " " + next + " " + started + " " + end.before(next, started))))
                .toList();
        assertEquals(rows(NEXT_SEGMENT), decided);
    }

    @Test
    void aSegmentSaysWhichEndItFollows() {
        SegmentStart start = new SegmentStart(7, 100);
        assertEquals(NextSegment.FOLLOWS_THIS_END, start.after(7, 100));
        assertEquals(NextSegment.FOLLOWS_A_LATER_END, start.after(7, 99));
        assertEquals(NextSegment.FOLLOWS_AN_EARLIER_END, start.after(7, 101));
        assertEquals(NextSegment.FOLLOWS_ANOTHER, start.after(6, 100));
    }

    @Test
    void nothingIsCutWhereAnythingSaysThatItWasForced() {
        assertTrue(Arrays.stream(Behind.values())
                .filter(behind -> behind != Behind.NOTHING)
                .allMatch(behind -> EndOfLog.of(Place.NO_VALID_FRAME, behind) == EndOfLog.LOST_WRITES));
    }
}
