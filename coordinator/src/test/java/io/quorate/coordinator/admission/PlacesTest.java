package io.quorate.coordinator.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void aLargeValueTakesSeveralPlacesAndTwoOfAnySizeFit() {
        assertEquals(1, Places.of(0));
        assertEquals(1, Places.of((64 << 10) - 1));
        assertEquals(2, Places.of(64 << 10));
        assertEquals(16, Places.of(1 << 20));
        assertEquals(16, Places.of(1L << 40));
        assertTrue(2 * Places.of(1L << 40) <= ConcurrencyLimit.MIN);
    }
}
