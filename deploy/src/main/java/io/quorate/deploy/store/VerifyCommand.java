package io.quorate.deploy.store;

import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.MembersFile;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.inspect.Verification;
import io.quorate.node.lsm.inspect.VerificationFinding;
import io.quorate.node.lsm.inspect.VerificationFinding.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Reads every byte in use and names the file and offset of all damage.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no damage",
            "1:damage was found, or the directory was refused",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "The first line shows whose directory it is, and its disk. Then one line for each finding: 'damage' or 'open end', file, offset, reason. "
                    + "A killed process leaves an open end behind the last write of its log, which is no damage. After a clean "
                    + "stop there is no open end, so then it means that the last bytes are damaged. "
                    + "Nothing is changed. A node whose store is damaged must not go on: replace it with a new member.",
            "",
            "Examples:",
            "  quorate store verify --data /var/lib/quorate",
            "  quorate store verify --data /backup/2026-11-23"
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    private ProgressBar progress;
    private long bytes;
    private int damaged;

    @Override
    public Integer call() throws IOException {
        try (DataDirectory directory = data.open();
                ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "verifying", data.mib(), "MiB")) {
            progress = bar;
            verifyIdentity(directory);
            Verification.run(directory.disk(), this::report, this::addProgress);
        }
        spec.commandLine().getOut().println("read " + bytes + " bytes, damaged places " + damaged);
        return damaged == 0 ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private void addProgress(String name, long more) {
        bytes += more;
        progress.at(bytes >> 20);
    }

    private void verifyIdentity(DataDirectory directory) throws IOException {
        try {
            Optional<NodeIdentity> identity = IdentityFile.of(directory.disk());
            if (identity.isPresent()) {
                spec.commandLine().getOut().println(identity.get().describeAll());
                MembersFile.verify(directory.disk(), identity.get());
            }
        } catch (CorruptException e) {
            report(new VerificationFinding(Severity.DAMAGE, e.path(), e.offset(), e.what()));
        }
    }

    private void report(VerificationFinding finding) {
        progress.clear();
        boolean damage = finding.severity() == Severity.DAMAGE;
        damaged += damage ? 1 : 0;
        spec.commandLine().getOut().println((damage ? "damage    " : "open end  ") + finding);
    }
}
