package io.quorate.deploy.checkpoint;

import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.option.EndpointsOption;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options and the exit codes of the commands that change a checkpoint of the node at each endpoint. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each node has done it",
            "1:a node refused, or does not answer; the others did it",
            "2:the command is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened",
            "4:standard output did not take all of the output"
        })
final class CheckpointChange {
    @Mixin
    private CheckpointArgument checkpoint;

    @Mixin
    private EndpointsOption endpoints;

    String name() {
        return checkpoint.name();
    }

    /**
     * Returns the exit code.
     *
     * @param limit how long a node may take
     * @param show called with each answer of success, and flushed after it
     */
    int run(String method, UnaryOperator<Call> limit, CommandSpec spec, BiConsumer<Answer, PrintWriter> show) {
        PrintWriter out = spec.commandLine().getOut();
        return new EachNode(endpoints, spec.commandLine().getErr())
                .ask(node -> limit.apply(checkpoint.change(method, node)), answer -> {
                    show.accept(answer, out);
                    out.flush();
                });
    }
}
