package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.load.Tallies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ExpectationTest {
    private static final PhaseResult PEAK = new PhaseResult(
            "peak",
            List.of(Tallies.of("clients", 100, 2, Map.of())),
            new ClusterWork(List.of(Optional.of(new NodeWork(100, 0)))),
            0,
            OptionalLong.of(300),
            OptionalDouble.of(17),
            0.1);
    private static final PhaseResult OVERLOAD = new PhaseResult(
            "overload",
            List.of(Tallies.of("clients", 90, 5, Map.of("429", 200L, "503 no quorum", 3L))),
            new ClusterWork(List.of(Optional.of(new NodeWork(120, 0)))),
            1,
            OptionalLong.of(300),
            OptionalDouble.of(17),
            0.1);

    @Test
    void aBoundMayBeAMultipleOfAnotherPhase() throws Exception {
        assertTrue(judge(Measure.GOODPUT, "", true, "0.8 x peak").isMet());
        assertFalse(judge(Measure.GOODPUT, "", true, "0.95 x peak").isMet());
        assertFalse(judge(Measure.P99, "", false, "2 x peak").isMet());
        assertTrue(judge(Measure.P99, "", false, "3 x peak").isMet());
    }

    @Test
    void aRefusalWith429IsNoError() throws Exception {
        assertEquals(3, judge(Measure.ERRORS, "", false, "0").found().getAsDouble());
        assertEquals(200, judge(Measure.COUNT, "429", false, "0").found().getAsDouble());
        assertEquals(3, judge(Measure.COUNT, "no quorum", false, "0").found().getAsDouble());
    }

    @Test
    void writesThatReachedNoClientAreWorkForNobody() throws Exception {
        assertEquals(
                0.25, judge(Measure.WORK_FOR_NOBODY, "", false, "0.1").found().getAsDouble());
    }

    @Test
    void aVerdictNamesWhatWasFoundAndWhatIsAllowed() throws Exception {
        assertEquals(
                "MISSED  p99 of clients in overload <= 2 x peak: 5.003 ms (bound 4.000 ms)",
                judge(Measure.P99, "", false, "2 x peak").line());
    }

    @Test
    void anUnknownFigureDoesNotMeetAnExpectation() throws Exception {
        Expectation elsewhere =
                new Expectation(Measure.GOODPUT, "later", "clients", "", true, Bound.parse("here", "1"));
        assertFalse(elsewhere.judge(List.of(PEAK, OVERLOAD)).isMet());
    }

    private static Expectation.JudgedExpectation judge(Measure measure, String label, boolean atLeast, String bound)
            throws ScenarioException {
        return new Expectation(measure, "overload", "clients", label, atLeast, Bound.parse("here", bound))
                .judge(List.of(PEAK, OVERLOAD));
    }
}
