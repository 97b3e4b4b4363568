package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {
    @Test
    void noTwoRequestsGetTheSameName() {
        RequestIds ids = new RequestIds(0);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            names.add(ids.next());
        }

        assertEquals(10_000, names.size());
        assertTrue(names.stream().allMatch(name -> name.matches("[0-9a-f]{16}")));
    }

    @Test
    void whatWouldNeedEscapingInALogOrAHeaderIsNotTakenOver() {
        assertTrue(RequestIds.isPlain("Root=1-67891233-abcdef012345678912345678"));
        assertTrue(RequestIds.isPlain("x".repeat(128)));

        assertFalse(RequestIds.isPlain(""));
        assertFalse(RequestIds.isPlain("x".repeat(129)));
        assertFalse(RequestIds.isPlain("a b"));
        assertFalse(RequestIds.isPlain("a\"b"));
        assertFalse(RequestIds.isPlain("a\u001b[31m"));
        assertFalse(RequestIds.isPlain("é"));
    }
}
