package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-ff",
                "cc-" + TRACE + "-00f067aa0ba902b7-01",
                "cc-" + TRACE + "-00f067aa0ba902b7-01-what the future brings",
            })
    void theTraceIdOfAValidHeaderIsTakenOver(String header) {
        assertEquals(Optional.of(TRACE), TraceParent.traceId(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                TRACE,
                "00-" + TRACE + "-00f067aa0ba902b7",
                "00-" + TRACE + "-00f067aa0ba902b7-1",
                "00-" + TRACE + "-00f067aa0ba902b7-01-more",
                "00-" + TRACE + "-00f067aa0ba902b7-01 ",
                "cc-" + TRACE + "-00f067aa0ba902b7-01.more",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "0g-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\n-00f067aa0ba902b7-01",
                "00_" + TRACE + "-00f067aa0ba902b7-01",
                "00-" + TRACE + "_00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7_01",
                "00-" + TRACE + "-00f067aa0ba902b7-0x",
            })
    void anInvalidHeaderIsAsGoodAsNone(String header) {
        assertEquals(Optional.empty(), TraceParent.traceId(header));
    }
}
