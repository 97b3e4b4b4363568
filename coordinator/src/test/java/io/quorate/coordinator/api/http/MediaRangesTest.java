package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaRangesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-ndjson",
                "Application/X-NDJSON",
                "application/x-ndjson, */*",
                "*/*, application/x-ndjson;q=1.0",
                "application/json;q=0.5, application/x-ndjson",
                "text/html, application/x-ndjson; q=0.5"
            })
    void linesAreForAClientThatNamesThemAndLikesThemMore(String accept) {
        assertTrue(prefersLines(accept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/*",
                "application/json",
                "application/json, application/x-ndjson, application/problem+json",
                "application/x-ndjson;q=0",
                "application/x-ndjson;q=0.2, */*;q=0.8",
                "application/x-ndjson-seq"
            })
    void allOthersGetTheUsualType(String accept) {
        assertFalse(prefersLines(accept));
    }

    @Test
    void aWeightThatIsNoNumberDoesNotCount() {
        assertTrue(prefersLines("application/x-ndjson;q=much"));
    }

    private static boolean prefersLines(String accept) {
        return MediaRanges.parse(accept).prefer("application/x-ndjson", "application/json");
    }
}
