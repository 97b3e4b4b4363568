package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.deploy.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "grant",
        description = "Lets a principal do more. A new name is that of a client certificate.",
        footer = {
            "",
            "A principal without a token proves its name by a certificate: 'quorate cert create-client NAME' makes one.",
            "",
            "Examples:",
            "  quorate access grant app --grant write:app/drafts/",
            "  quorate access grant backup --grant operate --grant observe"
        })
final class GrantCommand implements Callable<Integer> {
    @Mixin
    private PrincipalArgument principal;

    @Option(
            names = "--grant",
            required = true,
            paramLabel = "ROLE[:PREFIX]",
            converter = GrantConverter.class,
            description = "what the principal may do, beside what it may already; may be repeated")
    private List<Grant> grants;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        NodeId name = principal.name();
        principal
                .file()
                .change(old -> old.with(old.named(name)
                        .orElseGet(() -> new AccessEntry(name, List.of(), List.of()))
                        .with(grants)));
        AccessEntry entry = principal.file().list().named(name).orElseThrow();
        spec.commandLine().getOut().println(entry.name() + " has " + AccessText.grants(entry));
        return ExitCode.SUCCESS;
    }
}
