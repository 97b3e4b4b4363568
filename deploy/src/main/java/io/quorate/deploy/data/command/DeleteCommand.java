package io.quorate.deploy.data.command;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.data.option.MutationOptions;
import io.quorate.deploy.data.option.QueryString;
import io.quorate.deploy.terminal.HelpOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes a key, and prints 'deleted' and the version of that, also if there was no value.",
        footer = {
            "",
            "A change that ends with 3 may have been applied: read the key before you send it again.",
            "",
            "Examples:",
            "  quorate delete greeting",
            "  quorate delete lock --if-match 1a208bccab00000.a9b5c4b90df27730.1.0"
        })
public final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private MutationOptions mutation;

    @Option(
            names = "--if-match",
            paramLabel = "VERSION",
            description = "only if the key is at this version; * for any value")
    private String ifMatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = mutation.change("DELETE", new QueryString(), Optional.empty());
        return mutation.run(
                ifMatch == null ? call : call.with("If-Match", PutCommand.tag("--if-match", ifMatch)), spec);
    }
}
