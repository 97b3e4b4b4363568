package io.quorate.deploy.bench.closed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.bench.request.RequestKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The results of a run, as a table for people and as JSON for programs.
 *
 * @param cpuSecondsPer10k processor seconds of all nodes for 10,000 successful operations, or empty if a node did not
 *     report it
 * @param notFound reads that were answered with 404
 */
public record Report(Workload workload, Tally tally, OptionalDouble cpuSecondsPer10k, long notFound) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d clients, %.0f%% reads, %,d %s keys, %,d-byte values, %.1f s",
                workload.clients(),
                workload.readRatio() * 100,
                workload.keys(),
                workload.keyChoice().name().toLowerCase(Locale.ROOT),
                workload.valueBytes(),
                tally.seconds()));
        lines.add(String.format(
                "%-6s %10s %9s %9s %9s %9s %11s  %s",
                "", "ops/s", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms", "gap ms", "errors"));
        kinds().forEach(kind -> lines.add(row(kind)));
        lines.add("server CPU for 10,000 operations: "
                + (cpuSecondsPer10k.isPresent()
                        ? String.format(Locale.ROOT, "%.2f s", cpuSecondsPer10k.getAsDouble())
                        : "unknown, not every node reported its own"));
        if (notFound > 0) {
            lines.add(String.format(Locale.ROOT, "%,d reads found nothing; --load writes every key first", notFound));
        }
        return lines;
    }

    /** One line of JSON for each kind. */
    public List<String> jsonLines() {
        return kinds().stream().map(this::json).toList();
    }

    private List<RequestKind> kinds() {
        return Arrays.stream(RequestKind.values())
                .filter(kind -> !tally.of(kind).isEmpty())
                .toList();
    }

    private String row(RequestKind kind) {
        Tally.OfKind of = tally.of(kind);
        return String.format(
                Locale.ROOT,
                "%-6s %,10.0f %9.2f %9.2f %9.2f %9.2f %11.1f  %s",
                kind.label(),
                of.count() / tally.seconds(),
                of.percentileMs(50),
                of.percentileMs(95),
                of.percentileMs(99),
                of.percentileMs(99.9),
                of.longestGapMs(),
                of.errors().isEmpty() ? "none" : of.errors());
    }

    private String json(RequestKind kind) {
        Tally.OfKind of = tally.of(kind);
        ObjectNode line = MAPPER.createObjectNode();
        line.put("kind", kind.label());
        line.put("clients", workload.clients());
        line.put("readRatio", workload.readRatio());
        line.put("keys", workload.keys());
        line.put("distribution", workload.keyChoice().name().toLowerCase(Locale.ROOT));
        line.put("valueBytes", workload.valueBytes());
        line.put("seconds", rounded(tally.seconds()));
        line.put("operations", of.count());
        line.put("operationsPerSecond", rounded(of.count() / tally.seconds()));
        line.put("p50Ms", rounded(of.percentileMs(50)));
        line.put("p95Ms", rounded(of.percentileMs(95)));
        line.put("p99Ms", rounded(of.percentileMs(99)));
        line.put("p999Ms", rounded(of.percentileMs(99.9)));
        line.put("longestGapMs", rounded(of.longestGapMs()));
        ObjectNode errors = line.putObject("errors");
        of.errors().forEach(errors::put);
        cpuSecondsPer10k.ifPresent(seconds -> line.put("serverCpuSecondsPer10k", rounded(seconds)));
        return line.toString();
    }

    private static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }
}
