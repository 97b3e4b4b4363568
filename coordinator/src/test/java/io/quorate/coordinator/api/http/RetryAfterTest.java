package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final int REQUESTS = 3_000;

    @Test
    void clientsThatAreRefusedTogetherComeBackInThreeEqualParts() {
        Map<CharSequence, Integer> counts = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            counts.merge(RetryAfter.next(), 1, Integer::sum);
        }
        assertEquals(RetryAfter.S_MAX, counts.size(), () -> counts.toString());
        counts.values().forEach(count -> assertTrue(count > REQUESTS / 4, () -> counts.toString()));
    }
}
