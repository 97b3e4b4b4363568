package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void theLauncherTellsWhichStreamsAreOne() {
        assertEquals(new Terminal(true, false, true, 120, true), Terminal.of("02", "120", Map.of()));
        assertEquals(new Terminal(false, false, false, 80, true), Terminal.of("", "", Map.of()));
    }

    @Test
    void nonsenseIsNoWidthAndAVeryNarrowOneIsNotBelieved() {
        assertEquals(80, Terminal.of("1", "0", Map.of()).columns());
        assertEquals(80, Terminal.of("1", "wide", Map.of()).columns());
        assertEquals(40, Terminal.of("1", "7", Map.of()).columns());
    }

    @Test
    void noColorIsRespectedUnlessItIsEmpty() {
        assertEquals(false, Terminal.of("1", "", Map.of("NO_COLOR", "1")).colours());
        assertEquals(true, Terminal.of("1", "", Map.of("NO_COLOR", "")).colours());
        assertEquals(false, Terminal.of("1", "", Map.of("TERM", "dumb")).colours());
    }
}
