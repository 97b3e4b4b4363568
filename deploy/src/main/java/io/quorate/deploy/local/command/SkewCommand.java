package io.quorate.deploy.local.command;

import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "skew", description = "Sets a node's wall clock off.", mixinStandardHelpOptions = true)
final class SkewCommand implements Callable<Integer> {
    @ParentCommand
    private LocalClusterCommand parent;

    @Parameters(index = "0", paramLabel = "NODE", description = "n1, n2 ...")
    private String node;

    @Parameters(
            index = "1",
            paramLabel = "BY",
            converter = SignedDuration.Converter.class,
            description = "+5s, -1h; 0 ends it; not added to what it was")
    private SignedDuration by;

    /** {@code -5s} is an amount, though it looks like an option. */
    @Spec
    void specification(CommandSpec spec) {
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        return parent.run(cluster -> cluster.inject(FaultKind.SKEW, Optional.of(node), Optional.empty(), by.ms()));
    }
}
