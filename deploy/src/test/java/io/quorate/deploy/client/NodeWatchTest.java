package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeWatchTest {
    @Test
    void aNodeIsNewsWhenItsStateChanges() {
        assertEquals(List.of("n3 is down"), NodeWatch.changes(Map.of(), Map.of("n1", "up", "n3", "down")));
        assertEquals(
                List.of("n3 is up"),
                NodeWatch.changes(Map.of("n1", "up", "n3", "down"), Map.of("n1", "up", "n3", "up")));
    }
}
