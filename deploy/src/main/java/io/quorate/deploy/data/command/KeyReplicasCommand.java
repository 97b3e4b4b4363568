package io.quorate.deploy.data.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.text.PercentEncoding;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.KeyArgument;
import io.quorate.deploy.data.option.RequestOptions;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "replicas",
        description = "Shows what each replica holds of a key, side by side; repairs nothing.",
        footer = {
            "",
            "A replica is stale if another one holds a later version. The next read of the key repairs it.",
            "",
            "Examples:",
            "  quorate key replicas greeting",
            "  quorate key replicas greeting -o json"
        })
final class KeyReplicasCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private KeyArgument key;

    @Mixin
    private RequestOptions request;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = Call.get("/v1/keys/" + PercentEncoding.path(key.key().bytes()) + "/replicas");
        PrintWriter out = spec.commandLine().getOut();
        request.send(call, out, spec.commandLine().getErr()).ifPresent(answer -> show(answer, call, out));
        return ExitCode.SUCCESS;
    }

    private void show(Answer answer, Call call, PrintWriter out) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        if (request.isJson()) {
            out.println(JsonText.indented(answer.json()));
        } else {
            table(answer.json()).lines(Terminal.current()).forEach(out::println);
        }
    }

    static TextTable table(JsonNode survey) {
        TextTable table = new TextTable("NODE", "STATE", "VERSION", "WRITTEN AT", "BYTES", "STALE", "EXPIRES AT");
        for (JsonNode replica : survey.path("replicas")) {
            table.row(
                    replica.path("id").asText(),
                    state(replica),
                    replica.path("version").asText("-"),
                    replica.path("writtenAt").asText("-"),
                    replica.path("bytes").asText("-"),
                    replica.path("stale").asBoolean() ? "stale" : "",
                    replica.path("expiresAt").asText(""));
        }
        return table;
    }

    /** A replica keeps no entry of a delete that all have forgotten. So it looks as if it never had the key. */
    private static String state(JsonNode replica) {
        return replica.path("state").asText() + (replica.has("forgetsUpTo") ? " or forgotten" : "");
    }
}
