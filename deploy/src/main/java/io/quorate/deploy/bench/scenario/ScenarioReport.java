package io.quorate.deploy.bench.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.TimeLine;
import io.quorate.deploy.bench.scenario.Expectation.JudgedExpectation;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The results of a scenario: tables and verdicts for people, a line of JSON for each phase and verdict for programs.
 */
record ScenarioReport(Scenario scenario, List<PhaseResult> results) {
    private static final int FAILURES_SHOWN = 6;

    /** All replicas are in step nearly always. Only a later time says that one was not. */
    private static final double LOOK_S = 1;

    boolean isMet() {
        return verdicts().stream().allMatch(JudgedExpectation::isMet);
    }

    private List<JudgedExpectation> verdicts() {
        return scenario.expectations().stream()
                .map(expectation -> expectation.judge(results))
                .toList();
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.name() + ": " + scenario.about());
        lines.add("");
        lines.addAll(table(results));
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    /** The results without a judgement. */
    static List<String> table(List<PhaseResult> results) {
        List<String> lines = new ArrayList<>(groups(results));
        lines.add("");
        lines.addAll(failures(results));
        lines.addAll(nodes(results));
        return lines;
    }

    private static List<String> groups(List<PhaseResult> results) {
        TextTable table = new TextTable(
                "phase",
                "group",
                "due/s",
                "good/s",
                "good %",
                "p50 ms",
                "p99 ms",
                "longest",
                "well after s",
                "late ms");
        for (PhaseResult phase : results) {
            for (GroupTally group : phase.groups()) {
                table.row(
                        phase.phase(),
                        group.group(),
                        figure("%,.0f", group.begun() / group.seconds()),
                        figure("%,.0f", group.goodPerSecond()),
                        group.begun() == 0 ? "-" : figure("%.1f", 100.0 * group.good() / group.begun()),
                        figure("%,.1f", group.latencyMs(50)),
                        figure("%,.1f", group.latencyMs(99)),
                        figure("%,.0f", group.longestMs()),
                        group.timeLine().wellAfterSeconds().isEmpty()
                                ? "-"
                                : figure(
                                        "%.2f",
                                        group.timeLine().wellAfterSeconds().getAsDouble()),
                        figure("%,.1f", group.lateMs(99)));
            }
        }
        return table.lines();
    }

    private static List<String> failures(List<PhaseResult> results) {
        List<String> lines = new ArrayList<>();
        for (PhaseResult phase : results) {
            for (GroupTally group : phase.groups()) {
                String most = group.failures().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(FAILURES_SHOWN)
                        .map(end -> String.format(Locale.ROOT, "%s: %,d", end.getKey(), end.getValue()))
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("");
                if (group.lateAnswers() > 0) {
                    most += ", answered after that: " + group.lateAnswers();
                }
                if (group.connectionsRefused() > 0) {
                    most += (most.isEmpty() ? "" : ", ") + "connections refused: " + group.connectionsRefused();
                }
                if (!most.isEmpty()) {
                    lines.add(phase.phase() + ", " + group.group() + ": " + most);
                }
            }
        }
        return lines;
    }

    private static List<String> nodes(List<PhaseResult> results) {
        List<String> lines = new ArrayList<>();
        for (PhaseResult phase : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s%s%s%s, generator: %.2f cores",
                    phase.phase(),
                    phase.workForNobody().isEmpty()
                            ? "writes done: unknown"
                            : String.format(
                                    Locale.ROOT,
                                    "writes done: %,d, work for nobody: %.1f %%",
                                    phase.work().writesDone().getAsLong(),
                                    100 * phase.workForNobody().getAsDouble()),
                    phase.residentMib().isEmpty()
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", nodes down: %d, largest node: %,d MiB",
                                    phase.nodesDown(),
                                    phase.residentMib().getAsLong()),
                    inStep(phase.inStepAfterS()),
                    connectionsClosed(phase.work().connectionsClosed()),
                    phase.generatorCores()));
        }
        return lines;
    }

    /** Worth a word if it took longer than the first look. */
    private static String inStep(OptionalDouble seconds) {
        return seconds.isPresent() && seconds.getAsDouble() > LOOK_S
                ? String.format(Locale.ROOT, ", in step after %.1f s", seconds.getAsDouble())
                : "";
    }

    /** For their clients these are lost connections. */
    private static String connectionsClosed(OptionalLong closed) {
        return closed.isPresent() && closed.getAsLong() > 0
                ? String.format(Locale.ROOT, ", closed by nodes as too many connections: %,d", closed.getAsLong())
                : "";
    }

    private static String figure(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    List<String> jsonLines() {
        List<String> lines = new ArrayList<>();
        for (PhaseResult phase : results) {
            for (GroupTally group : phase.groups()) {
                lines.add(json(phase, group).put("scenario", scenario.name()).toString());
            }
        }
        verdicts().forEach(verdict -> lines.add(json(verdict).toString()));
        return lines;
    }

    static ObjectNode json(PhaseResult phase, GroupTally group) {
        ObjectNode line = JsonText.object();
        line.put("phase", phase.phase()).put("group", group.group());
        line.put("seconds", rounded(group.seconds())).put("due", group.begun()).put("good", group.good());
        line.put("goodPerSecond", rounded(group.goodPerSecond()));
        line.put("p50Ms", rounded(group.latencyMs(50))).put("p95Ms", rounded(group.latencyMs(95)));
        line.put("p99Ms", rounded(group.latencyMs(99))).put("p999Ms", rounded(group.latencyMs(99.9)));
        line.put("longestMs", rounded(group.longestMs()));
        line.put("generatorLateP99Ms", rounded(group.lateMs(99)));
        ObjectNode failures = line.putObject("failures");
        group.failures().forEach(failures::put);
        line.put("lateAnswers", group.lateAnswers());
        line.put("connectionsRefused", group.connectionsRefused());
        group.timeLine().wellAfterSeconds().ifPresent(seconds -> line.put("wellAfterSeconds", seconds));
        ArrayNode seconds = line.putArray("timeLine");
        group.timeLine().seconds().forEach(second -> seconds.add(json(second)));
        phase.work().writesDone().ifPresent(writes -> line.put("writesDone", writes));
        phase.work().connectionsClosed().ifPresent(closed -> line.put("connectionsClosedByNodes", closed));
        phase.workForNobody().ifPresent(share -> line.put("workForNobody", rounded(share)));
        line.put("nodesDown", phase.nodesDown());
        phase.inStepAfterS().ifPresent(after -> line.put("inStepAfterS", rounded(after)));
        phase.residentMib().ifPresent(mib -> line.put("largestNodeMib", mib));
        return line.put("generatorCores", rounded(phase.generatorCores()));
    }

    private static ArrayNode json(TimeLine.Second second) {
        ArrayNode figures = JsonText.object().arrayNode();
        return figures.add(second.due())
                .add(second.good())
                .add(second.refused())
                .add(second.failed());
    }

    private ObjectNode json(JudgedExpectation verdict) {
        ObjectNode line = JsonText.object();
        line.put("scenario", scenario.name())
                .put("expected", verdict.expectation().toString());
        verdict.found().ifPresent(found -> line.put("found", rounded(found)));
        verdict.allowed().ifPresent(allowed -> line.put("allowed", rounded(allowed)));
        return line.put("met", verdict.isMet());
    }

    private static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }
}
