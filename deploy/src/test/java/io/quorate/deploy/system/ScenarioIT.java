package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.cluster.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small scenario as a person runs it: open and closed groups side by side, a fault, verdicts and their exit code. */
final class ScenarioIT {
    private static final String SCENARIO = """
            name: small
            fill: {keys: 50, valueBytes: 100}
            groups:
              clients: {keys: 50, valueBytes: 100, patience: 10s, nodes: [1, 2]}
              live: {requests: live, rate: 20, from: 127.0.0.2}
              held: {requests: unfinished-upload, valueBytes: 100, clients: 3}
            phases:
              - {phase: closed, seconds: 3, load: {clients: {clients: 4}, live: {}}}
              - {phase: open, seconds: 3, load: {clients: {rate: 0.1 x closed}, held: {}}}
              - {phase: slow, before: [slow n3 50ms], meanwhile: [heal], every: 1s, seconds: 2, load: {clients: {rate: 20}}}
            expect:
              - {figure: errors, group: clients, phase: closed, atMost: 0}
              - {figure: errors, group: live, phase: closed, atMost: 0}
              - {figure: errors, group: clients, phase: open, atMost: 0}
              - {figure: errors, group: clients, phase: slow, atMost: 0}
              - {figure: nodes-down, group: clients, phase: slow, atMost: 0}
              - {figure: goodput, group: clients, phase: open, atLeast: 1000000}
            """;

    @TempDir
    private Path folder;

    @Test
    void aScenarioRunsJudgesAndLeavesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("small.yaml"), SCENARIO);
        Path home = folder.resolve("home");
        Path results = folder.resolve("results.jsonl");

        CommandRun run = CommandRun.quorate(
                "bench", "run", file.toString(), "--home", home.toString(), "--results", results.toString());

        assertEquals(1, run.exitCode(), run::output);
        assertEquals(
                5, run.output().lines().filter(line -> line.startsWith("met ")).count(), run::output);
        assertTrue(run.output().contains("MISSED  goodput of clients in open >= 1000000"), run::output);
        assertFalse(Files.exists(home), run::output);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(results)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertEquals(5 + 6, lines.size(), run::output);
        assertEquals(3, lines.get(3).at("/failures/held to the end").asInt(), run::output);
        assertTrue(lines.get(0).get("writesDone").asLong() > 0, run::output);
    }

    @Test
    void aMistakeInTheFileIsRefusedBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("small.yaml"), SCENARIO.replace("seconds: 2", "second: 2"));
        CommandRun run = CommandRun.quorate("bench", "run", file.toString());
        assertEquals(2, run.exitCode(), run::output);
        assertTrue(run.output().contains("phases 3 has a field 'second'"), run::output);
    }
}
