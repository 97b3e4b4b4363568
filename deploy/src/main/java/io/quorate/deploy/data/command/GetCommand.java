package io.quorate.deploy.data.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.ConsistencyOptions;
import io.quorate.deploy.data.option.KeyArgument;
import io.quorate.deploy.data.option.QueryString;
import io.quorate.deploy.data.option.RequestOptions;
import io.quorate.deploy.data.output.Explanation;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.StandardStreams;
import io.quorate.deploy.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "get",
        description = "Writes the value of a key to standard output: its bytes, and nothing else.",
        footer = {
            "",
            "On a terminal a line break follows a value that does not end with one. With --explain the messages "
                    + "between the nodes are shown on standard error. The exit code is 1 if the key has no value.",
            "",
            "Examples:",
            "  quorate get user/1 --level one",
            "  quorate get photo --output-file photo.jpg -v"
        })
public final class GetCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private KeyArgument key;

    @Mixin
    private RequestOptions request;

    @Mixin
    private ConsistencyOptions terms;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "write the value there; an existing file is replaced")
    private Path file;

    @Option(names = "--explain", description = "show every message between the nodes that the answer took")
    private boolean explain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = request();
        Optional<Answer> sent = request.send(
                call,
                Optional.ofNullable(file),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        sent.ifPresent(answer -> show(answer, call));
        return ExitCode.SUCCESS;
    }

    private Call request() {
        QueryString query = new QueryString().withIf(explain, "explain", 1);
        terms.addTo(query, request.timeout());
        return terms.limitTime(Call.get(key.path() + query), request.timeout());
    }

    private void show(Answer answer, Call call) {
        if (explain && answer.isExplained()) {
            showExplained(answer);
        } else if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        } else if (request.isJson()) {
            write((JsonText.indented(json(answer)) + "\n").getBytes(UTF_8));
        } else {
            write(answer.body());
        }
    }

    private void showExplained(Answer answer) {
        JsonNode explained = answer.json();
        if (request.isJson()) {
            spec.commandLine().getOut().println(JsonText.indented(explained));
        } else {
            new Explanation(explained.path("evidence"))
                    .lines(Terminal.current().errColumns())
                    .forEach(spec.commandLine().getErr()::println);
        }
        if (!answer.isSuccess()) {
            throw CommandFailure.refused("no value under the key '" + key.key() + "'");
        }
        if (!request.isJson()) {
            write(JsonText.bytes(explained, "value"));
        }
    }

    private ObjectNode json(Answer answer) {
        ObjectNode node = JsonText.object();
        JsonText.putBytes(node, "key", key.key().bytes());
        answer.version().ifPresent(version -> node.put("version", version));
        answer.header("Content-Type").ifPresent(type -> node.put("contentType", type));
        answer.header("Quorate-Expires-At").ifPresent(at -> node.put("expiresAt", at));
        JsonText.putBytes(node, "value", answer.body());
        answer.header("Quorate-Evidence").ifPresent(evidence -> node.put("evidence", evidence));
        return node;
    }

    private void write(byte[] bytes) {
        if (file == null) {
            print(bytes);
            return;
        }
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw CommandFailure.refused(
                    "the value was read, and could not be written to " + file + ": " + FailureText.of(e));
        }
    }

    private static void print(byte[] bytes) {
        try {
            OutputStream out = StandardStreams.out();
            out.write(bytes);
            if (Terminal.current().out() && bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
                out.write('\n');
            }
        } catch (IOException e) {
            throw CommandFailure.output();
        }
    }
}
