package io.quorate.deploy.data.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.RequestOptions;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "nodes",
        description = "Shows the members of a cluster as one of them sees them, and how many more may be lost.",
        footer = {
            "",
            "Ends with 1 if the cluster has no quorum. 'quorate cluster status' is about the processes of a local cluster; "
                    + "this is about any cluster that answers HTTP.",
            "",
            "PROTOCOL is the number in which the node that answers and that one talk: the highest that both builds speak. "
                    + "It has none with itself. During an upgrade, an older build keeps it low.",
            "",
            "Examples:",
            "  quorate nodes",
            "  quorate nodes -e db1.example:7001,db2.example:7001 -o json"
        })
public final class NodesCommand implements Callable<Integer> {
    private static final String INSECURE =
            "INSECURE NETWORK: there is no TLS, and everybody who reaches this cluster can read and write all data";

    @Mixin
    private HelpOption help;

    @Mixin
    private RequestOptions request;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = Call.get("/v1/cluster");
        PrintWriter out = spec.commandLine().getOut();
        Optional<Answer> sent = request.send(call, out, spec.commandLine().getErr());
        return sent.isEmpty() || show(sent.get(), call, out) ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    /** Returns whether there is a quorum. */
    private boolean show(Answer answer, Call call, PrintWriter out) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        JsonNode cluster = answer.json();
        if (request.isJson()) {
            out.println(JsonText.indented(cluster));
        } else {
            if (cluster.path("insecureNetwork").asBoolean()) {
                out.println(Terminal.current().red(INSECURE));
            }
            out.println(summary(cluster));
            table(cluster).lines(Terminal.current()).forEach(out::println);
        }
        return cluster.path("hasQuorum").asBoolean();
    }

    private static String summary(JsonNode cluster) {
        String margin = cluster.path("hasQuorum").asBoolean()
                ? "can lose " + cluster.path("canLose").asInt() + " more"
                : "NO QUORUM: reads and writes are refused";
        return "cluster " + cluster.path("cluster").asText() + " as "
                + cluster.path("coordinator").asText() + " sees it: "
                + cluster.path("up").asInt() + " of "
                + cluster.path("nodes").size() + " up, "
                + cluster.path("quorum").asInt() + " needed, " + margin;
    }

    /** With a column for troubles only if there is one: without it, the table fits into 80 columns. */
    private static TextTable table(JsonNode cluster) {
        List<String> heading = new ArrayList<>(
                List.of("NODE", "STATE", "VOTING", "PROTOCOL", "UP FOR", "SKEW ms", "MEM MiB", "CPU s", "DISK SPACE"));
        boolean isTroubled = StreamSupport.stream(cluster.path("nodes").spliterator(), false)
                .anyMatch(node -> !trouble(node).isEmpty());
        if (isTroubled) {
            heading.add("TROUBLE");
        }
        TextTable table = new TextTable(heading.toArray(String[]::new));
        for (JsonNode node : cluster.path("nodes")) {
            List<String> cells = cells(node);
            if (isTroubled) {
                cells.add(trouble(node));
            }
            table.row(cells.toArray());
        }
        return table;
    }

    private static List<String> cells(JsonNode node) {
        return new ArrayList<>(List.of(
                node.path("id").asText(),
                node.path("state").asText(),
                node.path("votingStatus").asText(),
                node.path("protocol").asText("-"),
                node.has("uptimeMs") ? uptime(node.get("uptimeMs").asLong()) : "-",
                node.path("skewMs").asText("-"),
                node.has("residentBytes")
                        ? Long.toString(node.get("residentBytes").asLong() >> 20)
                        : "-",
                node.has("cpuMs")
                        ? String.format(Locale.ROOT, "%.1f", node.get("cpuMs").asLong() / 1e3)
                        : "-",
                node.path("store").path("diskSpace").asText("-")));
    }

    private static String trouble(JsonNode node) {
        return node.path("trouble").asText(node.path("whyNoVote").asText(""));
    }

    private static String uptime(long ms) {
        Duration time = Duration.ofMillis(ms);
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
