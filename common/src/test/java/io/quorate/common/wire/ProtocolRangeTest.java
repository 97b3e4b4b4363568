package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolRangeTest {
    @ParameterizedTest
    @CsvSource({
        "7, 8, 7, 8, 8",
        "7, 8, 7, 7, 7",
        "7, 8, 8, 9, 8",
        "7, 9, 8, 8, 8",
        "7, 7, 7, 7, 7",
        "7, 8, 9, 10, -1",
        "7, 8, 0, 6, -1",
    })
    void aConnectionUsesTheHighestCommonNumber(int oldest, int newest, int otherOldest, int otherNewest, int common) {
        ProtocolRange one = new ProtocolRange(oldest, newest);
        ProtocolRange other = new ProtocolRange(otherOldest, otherNewest);
        OptionalInt expected = common < 0 ? OptionalInt.empty() : OptionalInt.of(common);
        assertEquals(expected, one.newestInCommon(other));
        assertEquals(expected, other.newestInCommon(one));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 0, 7, 7", // a process of number 7 sends no other correlation
        "7, 8, 7, 8",
        "8, 11, 8, 11",
        "9, 8, 9, 9",
        "7, -1, 7, 7",
        "7, 9223372036854775807, 7, 255",
    })
    void theCorrelationOfAHelloIsTheNewestNumberOfItsSender(int oldest, long correlation, int from, int to) {
        assertEquals(new ProtocolRange(from, to), ProtocolRange.of(oldest, correlation));
    }

    /** Otherwise a cluster has to stop for the upgrade to this build. */
    @Test
    void thisBuildSpeaksAtLeastTwoNumbers() {
        assertTrue(ProtocolRange.SPOKEN.newest() > ProtocolRange.SPOKEN.oldest());
    }

    @Test
    void itIsWrittenForPeople() {
        assertEquals("7 to 8", new ProtocolRange(7, 8).toString());
        assertEquals("7", new ProtocolRange(7, 7).toString());
    }
}
