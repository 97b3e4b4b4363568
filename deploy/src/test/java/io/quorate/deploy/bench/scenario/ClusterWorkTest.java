package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterWorkTest {
    private static final Optional<NodeWork> DOWN = Optional.empty();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{level=\"linearizable\",operation=\"write\",outcome=\"ok\"} 1200 | 1200",
                "{operation=\"conditional_write\",outcome=\"ok\",level=\"linearizable\"} 1.2E3 | 1200",
                "{level=\"linearizable\",operation=\"write\",outcome=\"unknown\"} 7 | 7",
                "{level=\"linearizable\",operation=\"write\",outcome=\"overloaded\"} 7 | 0",
                "{level=\"linearizable\",operation=\"read\",outcome=\"ok\"} 7 | 0"
            })
    void writesThatAreDoneOrPerhapsDoneCount(String metric, long writes) {
        NodeWork work = NodeWork.of(List.of("quorate_requests_seconds_count" + metric));
        assertEquals(new NodeWork(writes, 0), work);
    }

    @Test
    void connectionsThatWereClosedSinceThereWereTooManyCount() {
        List<String> metrics = List.of(
                "# TYPE quorate_http_connections_refused_total counter",
                "quorate_http_connections_refused_total 5600.0",
                "quorate_http_connections_ended_total 3.0");
        assertEquals(new NodeWork(0, 5_600), NodeWork.of(metrics));
    }

    @Test
    void theCountsOfAPhaseAreThoseThatItAdded() {
        ClusterWork phase = work(node(30, 7), node(12, 5)).since(work(node(10, 5), node(12, 0)));
        assertEquals(OptionalLong.of(20), phase.writesDone());
        assertEquals(OptionalLong.of(7), phase.connectionsClosed());
    }

    @Test
    void withoutANodeThatIsDownOrWasStartedAnewNoWritesAreKnownAndTheConnectionsOfTheOthersAre() {
        ClusterWork before = work(node(10, 5), node(10, 0));
        for (Optional<NodeWork> other : List.of(DOWN, node(2, 0))) {
            ClusterWork phase = work(node(30, 7), other).since(before);
            assertEquals(OptionalLong.empty(), phase.writesDone());
            assertEquals(OptionalLong.of(2), phase.connectionsClosed());
        }
        assertEquals(OptionalLong.empty(), work(DOWN, DOWN).since(before).connectionsClosed());
    }

    private static Optional<NodeWork> node(long writesDone, long connectionsClosed) {
        return Optional.of(new NodeWork(writesDone, connectionsClosed));
    }

    private static ClusterWork work(Optional<NodeWork> first, Optional<NodeWork> second) {
        return new ClusterWork(List.of(first, second));
    }
}
