package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "revoke",
        description = "Takes tokens or grants from a principal, or removes the principal with all of them.",
        footer = {
            "",
            "Each process reads the file again within 3 seconds. Requests that have begun end as they would have. Streams of "
                    + "events end.",
            "",
            "Examples:",
            "  quorate access revoke app                       the principal, with all tokens and grants",
            "  quorate access revoke app --token 1f3a90bc      one token",
            "  quorate access revoke app --grant write:app/    one grant"
        })
final class RevokeCommand implements Callable<Integer> {
    @Mixin
    private PrincipalArgument principal;

    @Option(
            names = "--token",
            paramLabel = "ID",
            description =
                    "the first 8 digits of a token's digest, as 'quorate access list' shows them; may be repeated")
    private List<String> tokens = new ArrayList<>();

    @Option(
            names = "--grant",
            paramLabel = "ROLE[:PREFIX]",
            converter = GrantConverter.class,
            description = "a grant, exactly as 'quorate access list' shows it; may be repeated")
    private List<Grant> grants = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        NodeId name = principal.name();
        principal.file().change(old -> {
            AccessEntry entry = old.named(name)
                    .orElseThrow(() -> CommandFailure.refused("there is no principal '" + name + "' in "
                            + principal.file().file().path() + ". Nothing was changed"));
            return tokens.isEmpty() && grants.isEmpty() ? old.without(name) : old.with(less(entry));
        });
        spec.commandLine().getOut().println(done());
        return ExitCode.SUCCESS;
    }

    private AccessEntry less(AccessEntry entry) {
        AccessEntry left = entry.without(grants);
        if (left.grants().size() + grants.stream().distinct().count()
                != entry.grants().size()) {
            throw CommandFailure.refused(entry.name() + " does not have all of " + grants + ", but "
                    + AccessText.grants(entry) + ". Nothing was changed");
        }
        for (String id : tokens) {
            AccessEntry without = left.withoutToken(id);
            if (without.tokens().size() == left.tokens().size()) {
                throw CommandFailure.refused(entry.name() + " has no token '" + id + "', but "
                        + AccessText.tokens(entry) + ". Nothing was changed");
            }
            left = without;
        }
        return left;
    }

    private String done() {
        return principal
                .file()
                .list()
                .named(principal.name())
                .map(entry ->
                        entry.name() + " has " + AccessText.grants(entry) + "; tokens: " + AccessText.tokens(entry))
                .orElse(principal.name() + " is removed");
    }
}
