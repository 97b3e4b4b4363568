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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows when all replicas last agreed, which of them missed writes, and what is in the way.",
        footer = {
            "",
            "The other replicas note which keys a replica missed, and send them when it is back. Keys beyond hintsMax are "
                    + "not noted: a pass over all keys repairs them. All keys are in 256 slots. A slot is verified when all "
                    + "replicas agreed on each of its keys in one pass.",
            "",
            "Examples:",
            "  quorate repair status",
            "  quorate repair status -e db1.example:7001 -o json"
        })
public final class RepairStatusCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private RequestOptions request;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = Call.get("/v1/convergence");
        PrintWriter out = spec.commandLine().getOut();
        Optional<Answer> sent = request.send(call, out, spec.commandLine().getErr());
        sent.ifPresent(answer -> show(answer, call, out));
        return ExitCode.SUCCESS;
    }

    private void show(Answer answer, Call call, PrintWriter out) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        JsonNode body = answer.json();
        if (request.isJson()) {
            out.println(JsonText.indented(body));
            return;
        }
        if (body.has("founding")) {
            showFounding(body.path("founding"), out);
        }
        if (body.has("pass")) {
            showPasses(body, out);
        }
        table(body).lines(Terminal.current()).forEach(out::println);
        if (!body.path("silent").isEmpty()) {
            out.println("No answer from " + names(body.path("silent"))
                    + ": what it keeps for others is not known. Others send it what it missed when it is back.");
        }
        if (StreamSupport.stream(body.path("hints").spliterator(), false)
                .anyMatch(target -> target.path("overflowed").asBoolean())) {
            out.println("More keys were missed than hintsMax allows to note. The next pass repairs the others.");
        }
    }

    private static TextTable table(JsonNode body) {
        TextTable table = new TextTable("NODE", "KEYS MISSED", "SINCE", "ALL NOTED", "KEPT BY");
        for (JsonNode target : body.path("hints")) {
            table.row(
                    target.path("target").asText(),
                    String.format(Locale.ROOT, "%,d", target.path("waiting").asLong()),
                    target.path("oldest").asText("-"),
                    target.path("overflowed").asBoolean() ? "no" : "yes",
                    target.path("keptBy").isEmpty() ? "-" : names(target.path("keptBy")));
        }
        return table;
    }

    private static String names(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static void showFounding(JsonNode founding, PrintWriter out) {
        if (founding.path("founded").asBoolean()) {
            out.println("founded: all members have agreed on their list, and on the disk of each");
            return;
        }
        out.println("founded: not yet. All members have to be reached once at the same time");
        for (JsonNode missing : founding.path("waitsFor")) {
            out.println("founding waits for " + missing.path("by").asText() + ": it "
                    + missing.path("why").asText() + ", since "
                    + missing.path("since").asText());
        }
    }

    private static void showPasses(JsonNode status, PrintWriter out) {
        out.println(pass(status.path("pass")));
        out.println(verified(status.path("verified")));
        for (JsonNode blocked : status.path("verified").path("blocked")) {
            out.println("blocked: " + blocked.path("by").asText() + " "
                    + blocked.path("why").asText() + ", since "
                    + blocked.path("since").asText()
                    + ". Bring it back; no slot is verified until then, and requests go on");
        }
        for (JsonNode damage : status.path("damages")) {
            out.println("damage: " + damage.path("file").asText() + " at offset "
                    + damage.path("offset").asText() + " on "
                    + status.path("node").asText()
                    + ". See to its disk, then stop the node and start it with --wipe");
        }
        showForgetting(status.path("forgetting"), out);
    }

    private static void showForgetting(JsonNode forgetting, PrintWriter out) {
        String left = forgetting.has("tombstones")
                ? String.format(
                        Locale.ROOT,
                        ". The last pass met %,d here",
                        forgetting.path("tombstones").asLong())
                : "";
        if (!forgetting.path("enabled").asBoolean()) {
            out.println("deletes: each leaves a tombstone, as purgeQuietMs is 0" + left);
            return;
        }
        out.println(String.format(
                        Locale.ROOT,
                        "deletes: %,d forgotten here since the start",
                        forgetting.path("forgotten").asLong())
                + (forgetting.has("upTo")
                        ? ", all those up to " + forgetting.path("upTo").asText()
                        : "")
                + left);
        for (JsonNode blocked : forgetting.path("blocked")) {
            out.println("deletes are kept: " + blocked.path("by").asText() + " "
                    + blocked.path("why").asText() + ", since "
                    + blocked.path("since").asText());
        }
        if (forgetting.has("toDo")) {
            out.println(forgetting.path("toDo").asText());
        }
    }

    private static String pass(JsonNode pass) {
        if (pass.path("number").asLong() == 0) {
            return "pass: none yet";
        }
        String number = "pass " + pass.path("number").asText();
        if (!pass.path("running").asBoolean()) {
            return number + ": over, began " + pass.path("startedAt").asText();
        }
        return number + ": " + Math.round(pass.path("progress").asDouble() * 100) + " %"
                + (pass.path("hurried").asBoolean() ? ", hurried" : "")
                + ", ends about " + pass.path("endsAt").asText("(not known yet)");
    }

    private static String verified(JsonNode verified) {
        int never = verified.path("never").asInt();
        String oldest = verified.has("oldestAt")
                ? "all replicas agreed after " + verified.path("oldestAt").asText()
                : "";
        return "verified: "
                + (never == 0 ? oldest : never + " of " + verified.path("slots").asText() + " slots never were");
    }
}
