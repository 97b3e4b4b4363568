package io.quorate.deploy.checkpoint;

import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes a checkpoint of the node at each endpoint, or what a crash left of one.",
        footer = {
            "",
            "The disk gets the space of its tables back as far as the store has replaced them. There is no way back.",
            "",
            "Examples:",
            "  quorate checkpoint delete monday",
            "  quorate checkpoint delete monday -e db1.example:7001"
        })
final class DeleteCheckpointCommand implements Callable<Integer> {
    @Mixin
    private CheckpointChange change;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return change.run(
                "DELETE",
                UnaryOperator.identity(),
                spec,
                (answer, out) -> out.println("deleted " + change.name() + " at " + answer.from()));
    }
}
