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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            table(cluster).lines().forEach(out::println);
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

    private static TextTable table(JsonNode cluster) {
        TextTable table = new TextTable(
                "NODE", "STATE", "VOTING", "UP FOR", "SKEW ms", "MEMORY MiB", "CPU s", "DISK SPACE", "TROUBLE");
        for (JsonNode node : cluster.path("nodes")) {
            table.row(
                    node.path("id").asText(),
                    node.path("state").asText(),
                    node.path("votingStatus").asText(),
                    node.has("uptimeMs") ? uptime(node.get("uptimeMs").asLong()) : "-",
                    node.path("skewMs").asText("-"),
                    node.has("residentBytes") ? node.get("residentBytes").asLong() >> 20 : "-",
                    node.has("cpuMs")
                            ? String.format(
                                    Locale.ROOT, "%.1f", node.get("cpuMs").asLong() / 1e3)
                            : "-",
                    node.path("store").path("diskSpace").asText("-"),
                    node.path("trouble").asText(node.path("whyNoVote").asText("")));
        }
        return table;
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
