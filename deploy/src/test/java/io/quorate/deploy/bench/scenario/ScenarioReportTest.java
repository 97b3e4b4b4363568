package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.Tallies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ScenarioReportTest {
    private static final GroupTally CLIENTS = Tallies.of("clients", 10, 2, Map.of(GroupTally.CONNECTION_LOST, 5L));

    @Test
    void whoeverSeesLostConnectionsSeesHowManyTheNodesClosed() {
        String lines = String.join("\n", ScenarioReport.table(List.of(phase(1_200))));
        assertTrue(lines.contains("burst, clients: connection lost: 5"), lines);
        assertTrue(lines.contains(", closed by nodes as too many connections: 1,200, generator"), lines);
        assertEquals(
                1_200,
                ScenarioReport.json(phase(1_200), CLIENTS)
                        .get("connectionsClosedByNodes")
                        .asLong());
    }

    @Test
    void nothingIsSaidOfConnectionsWhenTheNodesClosedNone() {
        String lines = String.join("\n", ScenarioReport.table(List.of(phase(0))));
        assertFalse(lines.contains("closed by nodes"), lines);
    }

    private static PhaseResult phase(long connectionsClosed) {
        ClusterWork work = new ClusterWork(List.of(Optional.of(new NodeWork(10, connectionsClosed))));
        return new PhaseResult("burst", List.of(CLIENTS), work, 0, OptionalLong.empty(), OptionalDouble.empty(), 0.1);
    }
}
