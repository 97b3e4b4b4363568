package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add-token",
        description = "Makes a token for a principal, which is new or has others already, and prints it once.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the file has the token's digest, and the token was printed or written",
            "1:refused, nothing was changed",
            "2:the command or the file is wrong, nothing was changed",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Only the token goes to standard output, so 'add-token app ... > app.token' keeps it. Nobody can show it again. To "
                    + "replace a token, add a new one, give it to the client, and revoke the old one.",
            "",
            "Examples:",
            "  quorate access add-token app --grant read:app/ --grant write:app/",
            "  quorate access add-token prometheus --grant observe --out prometheus.token",
            "  QUORATE_TOKEN_FILE=app.token quorate put app/greeting hello"
        })
final class AddTokenCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            converter = PrincipalNameConverter.class,
            description = "the principal's name, in the form of a nodeId")
    private NodeId name;

    @Option(
            names = "--grant",
            paramLabel = "ROLE[:PREFIX]",
            converter = GrantConverter.class,
            description = "what the principal may do, beside what it may already; may be repeated")
    private List<Grant> grants = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "a new file for the token, which only its owner may read, instead of standard output")
    private Path out;

    @Mixin
    private AccessFileOption file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (out != null && Files.exists(out)) {
            throw CommandFailure.refused(out + " exists already, and nothing is overwritten. Nothing was changed");
        }
        String secret = AccessToken.newSecret();
        TokenDigest digest = TokenDigest.of(secret);
        Instant now = Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()).truncatedTo(ChronoUnit.SECONDS);
        file.change(old -> {
            AccessEntry entry = old.named(name).orElseGet(() -> new AccessEntry(name, List.of(), List.of()));
            AccessEntry changed = entry.with(grants).with(new AccessToken(digest, Optional.of(now)));
            if (changed.grants().isEmpty()) {
                throw CommandFailure.usage(name + " has no grant yet: give at least one with --grant, such as"
                        + " --grant read. Nothing was changed");
            }
            return old.with(changed);
        });
        PrintWriter err = spec.commandLine().getErr();
        err.println("the digest of token " + digest.id() + " of " + name + " is in "
                + file.file().path()
                + (out == null
                        ? "; this is the only time that the token is shown"
                        : "; the token itself is for " + out + " only"));
        show(secret);
        return ExitCode.SUCCESS;
    }

    private void show(String secret) {
        if (out == null) {
            spec.commandLine().getOut().println(secret);
            return;
        }
        try {
            PrivateFile.create(out, secret + "\n");
        } catch (IOException e) {
            throw CommandFailure.refused("cannot write " + out + ": " + e + ". Revoke the token, and add another one");
        }
    }
}
