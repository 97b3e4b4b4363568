package io.quorate.node.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewcomersTest {
    private final Newcomers<Integer> newcomers = new Newcomers<>();

    @Test
    void theOldestMakesRoomForOneTooMany() {
        arrive(0, Newcomers.MAX);
        assertEquals(Optional.of(0), newcomers.arrived(Newcomers.MAX));
        assertEquals(Optional.of(1), newcomers.arrived(Newcomers.MAX + 1));
    }

    @Test
    void oneThatWasGreetedOrHasClosedTakesNoRoom() {
        arrive(0, Newcomers.MAX);
        newcomers.left(0);
        newcomers.left(7);
        newcomers.left(7);
        arrive(Newcomers.MAX, Newcomers.MAX + 2);
        assertEquals(Optional.of(1), newcomers.arrived(Newcomers.MAX + 2));
    }

    private void arrive(int from, int to) {
        for (int i = from; i < to; i++) {
            assertEquals(Optional.empty(), newcomers.arrived(i));
        }
    }
}
