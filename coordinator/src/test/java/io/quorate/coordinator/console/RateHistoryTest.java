package io.quorate.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateHistoryTest {
    private static final NodeId N3 = new NodeId("n3");

    private final SettableClock clock = new SettableClock();
    private final OperationRates rates = new OperationRates(clock, new ClientLoad());
    private final RateHistory history = new RateHistory(new NodeId("n1"), rates, clock);

    @Test
    void eachSampleHasTheRatesOfItsSecondAndWhoWasAway() throws IOException {
        rates.count(OperationKind.READ, false, 1);
        sample(Map.of());
        rates.count(OperationKind.WRITE, true, 1);
        sample(Map.of(N3, "silent"));
        JsonNode body = body();
        assertEquals("n1", body.get("coordinator").asText());
        assertEquals("1970-01-01T00:00:03Z", body.get("now").asText());
        assertEquals(2, body.get("samples").size());
        JsonNode first = body.get("samples").get(0);
        assertEquals("1970-01-01T00:00:02Z", first.get("at").asText());
        assertEquals(1, first.get("rates").get("readsPerS").asDouble());
        assertEquals("{}", first.get("away").toString());
        JsonNode second = body.get("samples").get(1);
        assertEquals(1, second.get("rates").get("failedPerS").asDouble());
        assertEquals("{\"n3\":\"silent\"}", second.get("away").toString());
    }

    @Test
    void theOldestSamplesGoFirst() throws IOException {
        for (int i = 0; i < RateHistory.SAMPLES_MAX + 5; i++) {
            sample(Map.of());
        }
        JsonNode samples = body().get("samples");
        assertEquals(RateHistory.SAMPLES_MAX, samples.size());
        assertEquals("1970-01-01T00:00:07Z", samples.get(0).get("at").asText());
    }

    @Test
    void longNamesOfManyAwayMembersCostSamplesAndNotMemory() throws IOException {
        NodeId longName = new NodeId("n".repeat(60));
        for (int i = 0; i < RateHistory.SAMPLES_MAX; i++) {
            sample(Map.of(longName, "down", N3, "down", new NodeId("m".repeat(60)), "down"));
        }
        JsonNode samples = body().get("samples");
        assertTrue(samples.size() < RateHistory.SAMPLES_MAX, () -> samples.size() + " samples");
        assertTrue(samples.toString().length() <= RateHistory.BYTES_MAX, samples::toString);
    }

    private void sample(Map<NodeId, String> away) {
        clock.pass(RateHistory.STEP_MS);
        history.sample(away);
    }

    private JsonNode body() throws IOException {
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> HttpServerUnderTest.of(history))) {
            String answer = server.answer("GET /v1/history", "Host: n1");
            return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        }
    }
}
