package io.quorate.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationRatesTest {
    private final ClientLoad load = new ClientLoad();
    private final SettableClock clock = new SettableClock();
    private final OperationRates rates = new OperationRates(clock, load);

    @Test
    void whereNothingHappenedThereAreNoPercentiles() {
        clock.pass(1_000);
        JsonNode last = rates.endInterval();
        assertEquals(0, last.get("readsPerS").asDouble());
        assertTrue(last.get("readP50Ms").isNull() && last.get("writeP99Ms").isNull(), last::toString);
    }

    @Test
    void theLastIntervalIsToldAndNothingFromBefore() {
        count(OperationKind.READ, 10, 2);
        clock.pass(1_000);
        rates.endInterval();
        count(OperationKind.SCAN, 4, 8);
        count(OperationKind.CONDITIONAL_WRITE, 6, 3);
        clock.pass(2_000);
        JsonNode last = rates.endInterval();
        assertEquals(2, last.get("readsPerS").asDouble());
        assertEquals(3, last.get("writesPerS").asDouble());
        assertEquals(8, last.get("readP50Ms").asDouble(), 0.1);
        assertEquals(3, last.get("writeP99Ms").asDouble(), 0.1);
    }

    @Test
    void allEventLoopsAreToldTheSameUntilTheIntervalEnds() {
        count(OperationKind.READ, 10, 2);
        clock.pass(1_000);
        JsonNode ended = rates.endInterval();
        count(OperationKind.READ, 10, 2);
        clock.pass(500);
        assertEquals(ended, rates.last());
        assertEquals(ended, rates.last());
    }

    @Test
    void failedRequestsAreNeitherReadsNorWrites() {
        rates.count(OperationKind.WRITE, true, 1);
        rates.countNotShown();
        clock.pass(1_000);
        JsonNode last = rates.endInterval();
        assertEquals(1, last.get("failedPerS").asDouble());
        assertEquals(0, last.get("writesPerS").asDouble());
        assertEquals(1, last.get("notShownPerS").asDouble());
    }

    @Test
    void whatWasRefusedInTheIntervalIsToldByClassAndReason() {
        load.refused(ShedReason.LATE, RequestClass.READ);
        clock.pass(1_000);
        rates.endInterval();
        load.refused(ShedReason.CLASS, RequestClass.BULK);
        load.refused(ShedReason.CLASS, RequestClass.BULK);
        clock.pass(1_000);
        JsonNode last = rates.endInterval();
        assertEquals(
                "[{\"class\":\"bulk\",\"reason\":\"class\",\"perS\":2.0}]",
                last.get("shed").toString());
        clock.pass(1_000);
        assertEquals("[]", rates.endInterval().get("shed").toString());
    }

    private void count(OperationKind kind, int times, long elapsedMs) {
        for (int i = 0; i < times; i++) {
            rates.count(kind, false, TimeUnit.MILLISECONDS.toNanos(elapsedMs));
        }
    }
}
