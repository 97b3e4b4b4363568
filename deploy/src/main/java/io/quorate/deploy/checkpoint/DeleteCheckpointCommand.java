package io.quorate.deploy.checkpoint;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.option.EndpointsOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes a checkpoint of the node at each endpoint, or what a crash left of one.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each node has deleted it",
            "1:a node refused, or does not answer; the others did it",
            "2:the command is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened",
            "4:standard output did not take all of the output"
        },
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
    private CheckpointArgument checkpoint;

    @Mixin
    private EndpointsOption endpoints;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return new EachNode(endpoints, spec.commandLine().getErr()).ask(this::delete, answer -> {
            out.println("deleted " + checkpoint.name() + " at " + answer.from());
            out.flush();
        });
    }

    private Call delete(String node) {
        return checkpoint.change("DELETE", node);
    }
}
