package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
    private static final ApiLimits OPTIONS = new ApiLimits(1024, 2_000, 60_000, 60_000);
    private static final List<String> ALLOWED = List.of("consistency", "timeout", "explain");

    @Test
    void withoutParametersTheDefaultsHold() {
        assertEquals(
                new OperationOptions(ConsistencyLevel.LINEARIZABLE, 2_000),
                parse(null).options(OPTIONS));
        assertEquals(
                new OperationOptions(ConsistencyLevel.LINEARIZABLE, 2_000),
                parse("").options(OPTIONS));
    }

    @ParameterizedTest
    @CsvSource({
        "consistency=one, ONE, 2000",
        "consistency=QUORUM&timeout=500ms, QUORUM, 500",
        "timeout=1m, LINEARIZABLE, 60000",
        "timeout=3s&consistency=all&explain=1, ALL, 3000"
    })
    void termsAreReadFromTheirParameters(String text, ConsistencyLevel level, long timeoutMs) {
        assertEquals(new OperationOptions(level, timeoutMs), parse(text).options(OPTIONS));
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
        BadRequest refused = assertThrows(BadRequest.class, () -> parse(text).options(OPTIONS));
        assertEquals(400, refused.status());
        assertTrue(!refused.getMessage().isBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "ttl=1ms, 1",
        "ttl=30s, 30000",
        "ttl=15m, 900000",
        "ttl=12h, 43200000",
        "ttl=7d, 604800000",
        "ttl=3650d, 315360000000",
        "ttl=315360000000ms, 315360000000"
    })
    void aLifeIsReadInAnyUnit(String text, long ttlMs) {
        assertEquals(OptionalLong.of(ttlMs), parsePut(text).ttlMs());
    }

    @Test
    void withoutALifeAValueStays() {
        assertEquals(OptionalLong.empty(), parsePut("timeout=1s").ttlMs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttl=",
                "ttl=0s",
                "ttl=0",
                "ttl=-1s",
                "ttl=%2B1s",
                "ttl=30",
                "ttl=1.5s",
                "ttl=1w",
                "ttl=30S",
                "ttl= 30s",
                "ttl=3651d",
                "ttl=315360000001ms",
                "ttl=999999999999d",
                "ttl=9999999999999ms",
                "ttl=never"
            })
    void aLifeThatIsNoneIsRefusedWithWhatIs(String text) {
        BadRequest refused = assertThrows(BadRequest.class, () -> parsePut(text).ttlMs());
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains("from 1ms to 3650d"), refused.getMessage());
    }

    @Test
    void explainIsZeroOrOne() {
        assertTrue(parse("explain=1").explain());
        assertTrue(!parse("explain=0").explain());
        assertThrows(BadRequest.class, () -> parse("explain=yes").explain());
    }

    private static QueryParameters parsePut(String text) {
        return QueryParameters.parse(text, List.of("timeout", "ttl"));
    }

    private static QueryParameters parse(String text) {
        return QueryParameters.parse(text, ALLOWED);
    }
}
