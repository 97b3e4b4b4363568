package io.quorate.deploy.data.command;

import io.quorate.deploy.data.option.MutationOptions;
import io.quorate.deploy.data.option.SumOptions;
import io.quorate.deploy.terminal.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        description = "Adds to a number, and prints the sum, 'created' or 'changed', and the version.",
        footer = {
            "",
            "The value is a decimal number of 64 bits, or absent. Many may add to one key at the same time. With "
                    + "--idempotency-key an add may be sent again, and takes effect once. N may be negative.",
            "",
            "Examples:",
            "  quorate add visits 1",
            "  quorate add seats/free -2 --min 0"
        })
public final class AddCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private MutationOptions mutation;

    @Mixin
    private SumOptions options;

    @Parameters(index = "1", paramLabel = "N", description = "how much")
    private long amount;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return mutation.run(mutation.function(options.query(), options.add(amount)), spec);
    }
}
