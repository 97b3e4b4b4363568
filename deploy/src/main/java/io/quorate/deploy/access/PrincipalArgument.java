package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The principal whose rights a command changes, and the file where they are. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the file is changed",
            "1:refused, nothing was changed",
            "2:the command or the file is wrong, nothing was changed",
            "4:standard output did not take all of the output"
        })
final class PrincipalArgument {
    @Parameters(
            paramLabel = "NAME",
            converter = PrincipalNameConverter.class,
            description = "the principal's name, in the form of a nodeId")
    private NodeId name;

    @Mixin
    private AccessFileOption file;

    NodeId name() {
        return name;
    }

    AccessFileOption file() {
        return file;
    }
}
