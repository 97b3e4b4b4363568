package io.quorate.deploy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
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
    private CheckpointChange change;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return change.run(
                "POST", call -> call.answeredWithin(LONGEST_MS), spec, (answer, out) -> show(answer.json(), out));
    }

    private static void show(JsonNode made, PrintWriter out) {
        out.println(made.path("node").asText() + "  " + made.path("path").asText() + "  "
                + made.path("bytes").asLong() + " bytes, "
                + made.path("tableCount").asLong() + " tables, "
                + made.path("elapsedMs").asLong() + " ms");
    }
}
