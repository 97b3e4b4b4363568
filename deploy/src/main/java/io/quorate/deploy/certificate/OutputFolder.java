package io.quorate.deploy.certificate;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --dir}, and the exit codes of the commands that write a certificate and its key there. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:both files are written",
            "1:refused, nothing was written",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        })
final class OutputFolder {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "certs",
            description = "where to write the two files; created if it is missing. Default: ${DEFAULT-VALUE}")
    private Path path;

    CertificateFolder folder() {
        return new CertificateFolder(path);
    }
}
