package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.load.ClosedPace;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.OpenPace;
import io.quorate.deploy.bench.load.RequestShape;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioFileTest {
    private static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("127.0.0.1", 1), new Endpoint("127.0.0.1", 2));

    private static final String TWO_PHASES = """
            name: example
            groups:
              clients: {patience: 500ms, from: 127.0.0.10, addresses: 2, nodes: [2]}
            phases:
              - {phase: peak, seconds: 1, load: {clients: {clients: 8}}}
              - phase: overload
                seconds: 2
                before: [restart, slow n2 50ms]
                load: {clients: {rate: 3 x peak}}
            expect:
              - {figure: goodput, group: clients, phase: overload, atLeast: 0.8 x peak}
            """;

    static Stream<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyScenarioOfTheProjectCanBeReadAndExpectsSomething(Path file) throws Exception {
        assertFalse(ScenarioFile.read(file).expectations().isEmpty());
    }

    @Test
    void aGroupOfAPhaseHasTheFieldsOfItsTemplateToo() throws Exception {
        LoadPhase overload = ScenarioFile.parse(TWO_PHASES).phases().get(1);
        LoadGroup group = overload.groups().get(0).at(ENDPOINTS, phase -> 1_000.0);
        assertEquals(new OpenPace(3_000, OpenPace.Spacing.POISSON, 6_000), group.pace());
        assertEquals(500, group.patience().ms());
        assertTrue(group.patience().closes());
        assertEquals(List.of("127.0.0.10", "127.0.0.11"), group.origins());
        assertEquals(List.of(ENDPOINTS.get(1)), group.endpoints());
        assertEquals(RequestShape.KEY_VALUE, group.requests().shape());
    }

    @Test
    void actionsAreThoseOfTheClusterCommand() throws Exception {
        assertEquals(
                List.of(
                        new ClusterAction(FaultKind.RESTART, Optional.empty(), Optional.empty(), 0),
                        new ClusterAction(FaultKind.SLOW, Optional.of("n2"), Optional.empty(), 50)),
                ScenarioFile.parse(TWO_PHASES).phases().get(1).before());
    }

    @Test
    void aNumberOfClientsMakesAClosedLoop() throws Exception {
        LoadPhase peak = ScenarioFile.parse(TWO_PHASES).phases().get(0);
        assertEquals(
                new ClosedPace(8),
                peak.groups().get(0).at(ENDPOINTS, phase -> 0.0).pace());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patience: 500ms|patience: 500|patience is '500', which is no duration",
                "rate: 3 x peak|rate: much|rate is 'much'",
                "rate: 3 x peak|rate: 3 x peak, clients: 1|needs either a rate or a number of clients",
                "slow n2 50ms|slow n2|'slow n2' is no action",
                "restart|reboot|'reboot' is no action",
                "figure: goodput|figure: speed|figure is 'speed'; allowed: goodput,",
                "group: clients, phase: overload|group: others, phase: overload|there is no group 'others'",
                "0.8 x peak|0.8 x top|there is no group 'clients' in a phase 'top'",
                "nodes: [2]|node: 2|has a field 'node', which it cannot have",
                "name: example|title: example|needs name"
            })
    void aMistakeIsReportedWithItsPlace(String change) {
        String[] parts = change.split("\\|", -1);
        String yaml = TWO_PHASES.replace(parts[0], parts[1]);
        String expected = parts[2];
        ScenarioException wrong = assertThrows(ScenarioException.class, () -> ScenarioFile.parse(yaml));
        assertTrue(wrong.getMessage().contains(expected), wrong.getMessage());
    }
}
