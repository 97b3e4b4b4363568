package io.quorate.deploy.data.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.data.option.MutationOptions;
import io.quorate.deploy.data.option.ValueOptions;
import io.quorate.deploy.terminal.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "append",
        description = "Puts bytes behind those of a value, and prints 'created' or 'changed' and the version.",
        footer = {
            "",
            "Without VALUE and --file the bytes are read from standard input, to its end. A key without a value gets one, "
                    + "with --content-type. Otherwise the value keeps its own.",
            "",
            "Examples:",
            "  quorate append log 'one more line'",
            "  date | quorate append log"
        })
public final class AppendCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private MutationOptions mutation;

    @Mixin
    private ValueOptions options;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "the bytes; - is standard input")
    private String value;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ObjectNode function = JsonText.object();
        JsonText.putBytes(
                function,
                "append",
                options.payload(value, spec.commandLine().getErr()).read());
        function.put("contentType", options.contentType());
        return mutation.run(mutation.function(options.query(), function), spec);
    }
}
