package io.quorate.deploy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.OutputFormat;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the checkpoints of the node at each endpoint.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each node answered",
            "1:a node refused, or does not answer; the others are listed",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Bytes are the length of the files. The store shares those of its tables as long as it has not replaced them. 'cut off' "
                    + "is what a crash left: it is no checkpoint, and can be deleted.",
            "",
            "Examples:",
            "  quorate checkpoint list",
            "  quorate checkpoint list -o json"
        })
final class ListCheckpointsCommand implements Callable<Integer> {
    @Mixin
    private EndpointsOption endpoints;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, for people, or json: an array of the nodes' answers (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ArrayNode answers = JsonText.object().arrayNode();
        int code = new EachNode(endpoints, spec.commandLine().getErr())
                .ask(ListCheckpointsCommand::list, answer -> answers.add(answer.json()));
        if (format == OutputFormat.json) {
            out.println(JsonText.indented(answers));
        } else {
            table(answers).lines(Terminal.current()).forEach(out::println);
        }
        return code;
    }

    private static Call list(String node) {
        return Call.get("/v1/nodes/" + node + "/checkpoints");
    }

    private static TextTable table(ArrayNode answers) {
        TextTable table = new TextTable("NODE", "CHECKPOINT", "MADE", "MIB", "TABLES", "STATE");
        for (JsonNode answer : answers) {
            for (JsonNode each : answer.path("checkpoints")) {
                table.row(
                        answer.path("node").asText(),
                        each.path("name").asText(),
                        each.path("made").asText(),
                        each.path("bytes").asLong() >> 20,
                        each.path("tableCount").asLong(),
                        each.path("complete").asBoolean() ? "complete" : "cut off");
            }
        }
        return table;
    }
}
