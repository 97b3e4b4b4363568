package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.StandingClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter screen = new StringWriter();
    private final StandingClock clock = new StandingClock();

    @Test
    void itTellsHowFarHowFastAndWhenItEnds() {
        ProgressBar bar = bar(true, 1_000);
        clock.set(10_000);
        bar.at(250);
        String end = DateTimeFormatter.ofPattern("HH:mm:ss")
                .format(Instant.ofEpochMilli(40_000).atZone(ZoneId.systemDefault()));
        assertEquals(
                "\rwork  [====>               ]  25%  250 of 1,000 keys  25 keys/s  ends " + end + "\u001b[K",
                screen.toString());
        bar.close();
        assertTrue(screen.toString().endsWith("\r\u001b[K"), screen::toString);
    }

    @Test
    void itIsNotDrawnForEveryPiece() {
        ProgressBar bar = bar(true, 0);
        clock.set(100);
        bar.at(1);
        assertEquals("", screen.toString());
        clock.set(200);
        bar.at(2);
        assertEquals("\rwork  2 keys  10 keys/s\u001b[K", screen.toString());
    }

    @Test
    void nothingIsWrittenToWhatIsNoTerminal() {
        try (ProgressBar bar = bar(false, 10)) {
            clock.set(10_000);
            bar.at(5);
        }
        assertEquals("", screen.toString());
    }

    @Test
    void onANarrowTerminalTheBarIsLeftOutBeforeTheEnd() {
        String end = DateTimeFormatter.ofPattern("HH:mm:ss")
                .format(Instant.ofEpochMilli(40_000).atZone(ZoneId.systemDefault()));
        assertEquals("work  25%  250 of 1,000 keys  25 keys/s  ends " + end, shownOn(60));
        assertEquals("work  25%  250 of 1,000 keys  ends " + end, shownOn(50));
        assertEquals("work  25%  ends " + end, shownOn(40));
    }

    @Test
    void aLineIsNeverWiderThanTheTerminal() {
        assertEquals("work  25%  en...", shownOn(17));
    }

    private String shownOn(int columns) {
        screen.getBuffer().setLength(0);
        clock.set(0);
        Terminal narrow = new Terminal(false, false, true, columns, true);
        ProgressBar bar = new ProgressBar(new PrintWriter(screen), narrow, clock, "work", 1_000, "keys");
        clock.set(10_000);
        bar.at(250);
        return screen.toString().replace("\r", "").replace("\u001b[K", "");
    }

    private ProgressBar bar(boolean shown, long total) {
        Terminal terminal = new Terminal(false, false, shown, 120, true);
        return new ProgressBar(new PrintWriter(screen), terminal, clock, "work", total, "keys");
    }
}
