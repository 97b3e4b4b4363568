package io.quorate.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.operation.Level;
import io.quorate.coordinator.operation.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final ApiOptions OPTIONS = new ApiOptions(1024, 2_000, 60_000);
    private static final List<String> ALLOWED = List.of("consistency", "timeout", "explain");

    @Test
    void withoutParametersTheDefaultsHold() {
        assertEquals(new Terms(Level.LINEARIZABLE, 2_000), parse(null).terms(OPTIONS));
        assertEquals(new Terms(Level.LINEARIZABLE, 2_000), parse("").terms(OPTIONS));
    }

    @ParameterizedTest
    @CsvSource({
        "consistency=one, ONE, 2000",
        "consistency=QUORUM&timeout=500ms, QUORUM, 500",
        "timeout=1m, LINEARIZABLE, 60000",
        "timeout=3s&consistency=all&explain=1, ALL, 3000"
    })
    void termsAreReadFromTheirParameters(String text, Level level, long timeoutMs) {
        assertEquals(new Terms(level, timeoutMs), parse(text).terms(OPTIONS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consistency=two",
                "timeout=5",
                "timeout=0ms",
                "timeout=61s",
                "timeout=-1s",
                "timeout=99999999999s",
                "timeout=",
                "ttl=30s",
                "explain=1&explain=1",
                "explain=%zz"
            })
    void whatIsNotAllowedIsRefusedWithWhatIs(String text) {
        BadRequest refused = assertThrows(BadRequest.class, () -> parse(text).terms(OPTIONS));
        assertEquals(400, refused.status());
        assertTrue(!refused.getMessage().isBlank());
    }

    @Test
    void explainIsZeroOrOne() {
        assertTrue(parse("explain=1").explain());
        assertTrue(!parse("explain=0").explain());
        assertThrows(BadRequest.class, () -> parse("explain=yes").explain());
    }

    private static Query parse(String text) {
        return Query.parse(text, ALLOWED);
    }
}
