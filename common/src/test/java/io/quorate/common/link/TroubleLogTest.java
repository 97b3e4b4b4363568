package io.quorate.common.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TroubleLogTest {
    private static final Trouble DOWN = new Trouble("10.0.0.2:7001", "n2", Kind.DOWN);
    private static final Trouble MALFORMED = new Trouble("10.0.0.9", "", Kind.MALFORMED);

    private final SetClock clock = new SetClock();
    private final List<String> lines = new ArrayList<>();
    private final TroubleLog troubles = new TroubleLog(clock, new TroubleLog.TroubleLines() {
        @Override
        public void warn(String line) {
            lines.add("W " + line);
        }

        @Override
        public void info(String line) {
            lines.add("I " + line);
        }
    });

    private enum Kind {
        DOWN,
        REFUSED,
        MALFORMED
    }

    @Test
    void aTroubleIsSaidAtOnceAndThenCountedEachTimeAfterTwiceAsLong() {
        happensEachHalfSecond(600, DOWN, "n2 is down: refused");

        assertEquals(
                List.of(
                        "W n2 is down: refused",
                        "W n2 is down: refused (120 more times in 60 s)",
                        "W n2 is down: refused (240 more times in 2 minutes)",
                        "W n2 is down: refused (480 more times in 4 minutes)"),
                lines);
    }

    @Test
    void aTroubleThatLastsForDaysHasALineAtLeastEachSixtyFourMinutes() {
        happensEachHalfSecond((int) TimeUnit.DAYS.toSeconds(1), DOWN, "down");

        assertTrue(lines.size() > 24 && lines.size() < 32, () -> lines.size() + " lines");
        assertTrue(lines.get(lines.size() - 1).endsWith("(7680 more times in 64 minutes)"));
    }

    @Test
    void aCountedLineHasTheLatestText() {
        troubles.happened(DOWN, "first");
        happensEachHalfSecond(60, DOWN, "later");

        assertEquals(List.of("W first", "W later (121 more times in 60 s)"), lines);
    }

    @Test
    void theLastCountIsSaidByATimerAlthoughNothingHappensAnyMore() {
        happensEachHalfSecond(30, MALFORMED, "closing");
        clock.addSeconds(30);
        troubles.sayDue();
        troubles.sayDue();

        assertEquals(List.of("W closing", "W closing (60 more times in 60 s)"), lines);
    }

    @Test
    void theEndIsSaidAtOnceWithTheCount() {
        happensEachHalfSecond(180, DOWN, "down");
        lines.clear();

        assertTrue(end("n2 is up"));
        assertFalse(end("n2 is up"));
        assertEquals(List.of("I n2 is up (well again after 361 times in 3 minutes)"), lines);
    }

    @Test
    void anEndOfNothingIsNotSaid() {
        assertFalse(end("n2 is up"));
        assertEquals(List.of(), lines);
    }

    @Test
    void aPeerThatComesAndGoesIsOneTrouble() {
        for (int i = 0; i < 50 * 65; i++) {
            troubles.happened(DOWN, "down");
            end("up");
            clock.addMs(20);
        }

        assertEquals(
                List.of(
                        "W down",
                        "I up (well again after 1 time in 1 s)",
                        "W down (3000 more times in 60 s)",
                        "I up (well again after 3001 times in 60 s)"),
                lines);
    }

    @Test
    void aTroubleThatComesBackSoonAndLastsIsNotHiddenBehindItsEnd() {
        troubles.happened(DOWN, "down");
        end("up");
        clock.addSeconds(5);
        troubles.happened(DOWN, "down again");
        clock.addSeconds(9);
        troubles.sayDue();
        assertEquals(2, lines.size());
        clock.addSeconds(1);
        troubles.sayDue();
        troubles.sayDue();
        end("up");

        assertEquals(
                List.of("W down again (1 more time in 15 s)", "I up (well again after 2 times in 15 s)"),
                lines.subList(2, 4));
    }

    @Test
    void aTroubleThatComesBackLaterIsANewOne() {
        troubles.happened(DOWN, "down");
        end("up");
        clock.addSeconds(9);
        troubles.happened(DOWN, "down");
        end("up");
        assertEquals(2, lines.size());
        clock.addSeconds(10);
        troubles.happened(DOWN, "down again");

        assertEquals("W down again", lines.get(2));
    }

    @Test
    void whatHappenedUnsaidBeforeANewTroubleIsNotLost() {
        for (int i = 0; i < 100; i++) {
            troubles.happened(DOWN, "down");
            end("up");
        }
        clock.addSeconds(20);
        troubles.happened(DOWN, "down again");

        assertEquals(List.of("W down (99 more times in 20 s, but not now)", "W down again"), lines.subList(2, 4));
    }

    @Test
    void aFewConnectionsThatNoticeTheSameEventMakeNoFurtherLine() {
        for (int loop = 0; loop < 4; loop++) {
            troubles.happened(DOWN, "down");
        }
        end("up");
        for (int loop = 0; loop < 4; loop++) {
            troubles.happened(DOWN, "down");
            end("up");
        }
        clock.addSeconds(100);
        troubles.sayDue();

        assertEquals(List.of("W down", "I up (well again after 4 times in 1 s)"), lines);
    }

    @Test
    void oneEndOfSeveralTroublesIsOneLine() {
        troubles.happened(DOWN, "down");
        clock.addSeconds(5);
        troubles.happened(new Trouble(DOWN.address(), DOWN.peer(), Kind.REFUSED), "refused");
        troubles.happened(MALFORMED, "closing");
        clock.addSeconds(5);
        end("up");

        assertEquals("I up (well again after 2 times in 10 s)", lines.get(3));
        assertEquals(4, lines.size());
    }

    @Test
    void strangersFromEverNewHostsMakeABoundedNumberOfLinesAndHideNoOtherTrouble() {
        troubles.happened(DOWN, "down");
        for (int i = 0; i < 10_000; i++) {
            troubles.happened(new Trouble("host" + i, "", Kind.MALFORMED), "closing " + i);
        }
        assertEquals(TroubleLog.TROUBLES_MAX + 1, lines.size());
        end("up");
        assertEquals("I up (well again after 1 time in 1 s)", lines.get(lines.size() - 1));

        clock.addSeconds(60);
        troubles.happened(new Trouble("another", "", Kind.MALFORMED), "closing another");
        assertEquals("W closing another (9745 more times in 60 s)", lines.get(lines.size() - 1));
    }

    @Test
    void aFullTableForgetsOldTroubles() {
        for (int i = 0; i < TroubleLog.TROUBLES_MAX; i++) {
            troubles.happened(new Trouble("host" + i, "", Kind.MALFORMED), "closing");
        }
        clock.addSeconds(TimeUnit.MINUTES.toSeconds(10));
        lines.clear();
        troubles.happened(new Trouble("another", "", Kind.MALFORMED), "closing another");
        troubles.happened(DOWN, "down");

        assertEquals(List.of("W closing another", "W down"), lines);
    }

    private void happensEachHalfSecond(int seconds, Trouble trouble, String text) {
        troubles.happened(trouble, text);
        for (int i = 0; i < seconds * 2; i++) {
            clock.addMs(500);
            troubles.happened(trouble, text);
        }
    }

    private boolean end(String text) {
        return troubles.ended(trouble -> trouble.peer().equals(DOWN.peer()), text);
    }

    private static final class SetClock implements Clock {
        private long ns = -1;

        void addMs(long ms) {
            ns += TimeUnit.MILLISECONDS.toNanos(ms);
        }

        void addSeconds(long seconds) {
            addMs(seconds * 1_000);
        }

        @Override
        public long wallMs() {
            throw new AssertionError("a duration is not measured by the wall clock");
        }

        @Override
        public long monotonicNs() {
            return ns;
        }
    }
}
