package io.quorate.common.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void fieldsAreComparedInOrderAndUnsigned() {
        List<Version> ascending = List.of(
                Version.ZERO,
                new Version(0, 0, 0, 1),
                new Version(0, 0, 1, 0),
                new Version(0, 1, 0, 0),
                new Version(0, -1, 0, 0),
                new Version(1, 0, 0, 0),
                new Version(-1, 0, 0, 0));
        for (int i = 1; i < ascending.size(); i++) {
            assertTrue(ascending.get(i).isAfter(ascending.get(i - 1)), "at " + i);
        }
    }

    @Test
    void aConditionalWriteSortsDirectlyAfterItsBase() {
        Version base = new Version(7, 8, 9, 0);
        Version conditional = new Version(7, 8, 9, 1);
        Version nextPlain = new Version(7, 8, 10, 0);
        assertTrue(conditional.isAfter(base));
        assertTrue(nextPlain.isAfter(conditional));
    }

    @Test
    void theEndOfAValuesLifeSortsDirectlyAfterTheValue() {
        Version value = new Version(7, 8, 9, 0);
        assertTrue(value.ofExpiry().isAfter(value));
        assertTrue(new Version(7, 8, 10, 0).isAfter(value.ofExpiry()));
        assertEquals(value.ofExpiry(), value.ofExpiry());
    }

    @Test
    void textReadsBackAsTheSameVersion() {
        Version version = new Version(-2, 0x123456789abcdefL, 42, 3);
        assertEquals(version, Version.parse(version.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.x", "1..3.4", "11111111111111111.2.3.4"})
    void textOfAnotherFormIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Version.parse(text));
    }
}
