package io.quorate.deploy.terminal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, and the exit codes under it: a mixin of every command that speaks to a cluster. */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:refused, or not found: nothing was changed",
            "2:the command is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened",
            "4:standard output did not take all of the output"
        })
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and end")
    private boolean requested;
}
