package io.quorate.common.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectionCountsTest {
    private final ConnectionCounts counts = new ConnectionCounts(3, 2);

    @Test
    void oneAddressLeavesRoomForOthers() {
        assertTrue(counts.opened("a"));
        assertTrue(counts.opened("a"));
        assertFalse(counts.opened("a"));
        assertTrue(counts.opened("b"));
        assertEquals(3, counts.open());
        assertEquals(1, counts.refused());
    }

    @Test
    void allTogetherHaveALimit() {
        assertTrue(counts.opened("a"));
        assertTrue(counts.opened("b"));
        assertTrue(counts.opened("c"));
        assertFalse(counts.opened("d"));
        assertEquals(3, counts.open());
    }

    @Test
    void anEndedConnectionMakesRoom() {
        assertTrue(counts.opened("a"));
        assertTrue(counts.opened("a"));
        counts.closed("a");
        assertEquals(1, counts.open());
        assertTrue(counts.opened("a"));
        counts.closed("a");
        counts.closed("a");
        assertEquals(0, counts.open());
    }
}
