package io.quorate.coordinator.replica.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.wire.Message.Request;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EffortTest {
    @Test
    void eachRequestHasAnEffort() {
        assertEquals(
                Arrays.stream(Request.class.getPermittedSubclasses()).collect(Collectors.toSet()),
                Set.copyOf(Effort.BY_REQUEST.keySet()));
    }
}
