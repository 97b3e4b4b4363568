package io.quorate.deploy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.option.EndpointsOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "make",
        description = "Makes a checkpoint of the node at each endpoint, while it serves.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each node has made one",
            "1:a node refused, or does not answer; the others did it",
            "2:the command is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Writes checkpoints/NAME in the data directory of each node. Requests go on meanwhile. A node keeps checkpointsMax of "
                    + "them, 4 by default.",
            "",
            "Examples:",
            "  quorate checkpoint make monday",
            "  quorate checkpoint make monday -e db1.example:7001"
        })
final class MakeCheckpointCommand implements Callable<Integer> {
    /** A copy of a large store to another file system takes long. */
    private static final long LONGEST_MS = TimeUnit.HOURS.toMillis(1);

    @Mixin
    private CheckpointArgument checkpoint;

    @Mixin
    private EndpointsOption endpoints;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return new EachNode(endpoints, spec.commandLine().getErr()).ask(this::make, answer -> {
            JsonNode made = answer.json();
            out.println(made.path("node").asText() + "  " + made.path("path").asText() + "  "
                    + made.path("bytes").asLong() + " bytes, "
                    + made.path("tableCount").asLong() + " tables, "
                    + made.path("elapsedMs").asLong() + " ms");
            out.flush();
        });
    }

    private Call make(String node) {
        return checkpoint.change("POST", node).answeredWithin(LONGEST_MS);
    }
}
