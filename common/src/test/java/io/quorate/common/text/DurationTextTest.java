package io.quorate.common.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "0ms, 0",
        "500ms, 500",
        "2s, 2000",
        "15m, 900000",
        "12h, 43200000",
        "7d, 604800000",
        "007s, 7000",
        "999999999999ms, 999999999999",
        "999999999999d, 9223372036854775807"
    })
    void anAmountIsReadInItsUnit(String text, long ms) {
        assertEquals(ms, DurationText.parse(text).orElseThrow().ms());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "5", "s", "5 s", " 5s", "5s ", "+5s", "-5s", "1.5s", "5S", "5w", "5min", "1h30m", "٣s"})
    void anythingElseIsNoDuration(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000ms", "9999999999999999999999d"})
    void anAmountHasAtMostTwelveDigits(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }
}
