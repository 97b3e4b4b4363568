package io.quorate.coordinator.api.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Value;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.PeerClocks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryFieldsTest {
    private final ClusterTime time = new ClusterTime(new PeerClocks(SystemClock.INSTANCE, List.of()));

    private ObjectNode fields(long expiresAtMs) {
        ObjectNode node = Json.object();
        ExpiryFields.putFields(node, Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE, expiresAtMs), time);
        return node;
    }

    @Test
    void aValueThatHasEndedTellsWhen() {
        ObjectNode fields = fields(1_500);
        assertEquals("1970-01-01T00:00:01.500Z", fields.get("expiresAt").textValue());
        assertEquals(0, fields.get("expiresInMs").longValue());
    }

    @Test
    void aValueThatStaysHasNone() {
        assertEquals(0, fields(Value.NEVER_EXPIRES).size());
    }

    /** A merge dropped the bytes of the value, and when it ended. Until now, the answer was a date in 1970. */
    @Test
    void aValueThatEndedLongAgoHasNone() {
        assertEquals(0, fields(Value.ENDED_LONG_AGO).size());
    }
}
