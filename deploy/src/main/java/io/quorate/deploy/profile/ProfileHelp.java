package io.quorate.deploy.profile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, and the exit codes under it: the same for every command that shows or changes profiles. */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown or written",
            "1:the file cannot be written, nothing was changed",
            "2:the command or the file is wrong, nothing was changed",
            "4:standard output did not take all of the output"
        })
final class ProfileHelp {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and end")
    private boolean requested;
}
