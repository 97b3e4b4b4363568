package io.quorate.deploy.certificate;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.PrintableText;
import io.quorate.deploy.tls.CertificateFile;
import io.quorate.deploy.tls.TlsFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Shows who the certificates in PEM files belong to, and for how long they are valid.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all certificates are valid now",
            "1:one has expired, or is not valid yet",
            "2:the command or a file is wrong",
            "4:standard output did not take all of the output"
        },
        footer = {"", "Examples:", "  quorate cert show certs/n1.crt", "  quorate cert show certs/*.crt"})
final class ShowCertificateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "a PEM file with certificates")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instant now = Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs());
        boolean valid = true;
        for (Path file : files) {
            valid &= show(file, now);
        }
        return valid ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private boolean show(Path file, Instant now) {
        PrintWriter out = spec.commandLine().getOut();
        boolean valid = true;
        for (X509Certificate certificate : certificates(file)) {
            out.println("file         " + file);
            CertificateText.lines(certificate, now).forEach(line -> out.println(PrintableText.text(line)));
            out.println();
            valid &= CertificateText.isValid(certificate, now);
        }
        return valid;
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return CertificateFile.read(file);
        } catch (TlsFileException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
