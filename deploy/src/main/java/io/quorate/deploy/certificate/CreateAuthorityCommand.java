package io.quorate.deploy.certificate;

import io.quorate.common.model.ClusterId;
import io.quorate.common.time.SystemClock;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "create-ca",
        description = "Makes an authority, which signs the certificates of a cluster.",
        footer = {
            "",
            "Writes DIR/ca.crt and DIR/ca.key. Every process and every client needs ca.crt. No process needs ca.key: only "
                    + "'create-node' and 'create-client' read it. Whoever has it can become any node, so keep it off the nodes.",
            "",
            "Examples:",
            "  quorate cert create-ca --cluster demo",
            "  quorate cert create-ca --cluster demo --dir /media/safe/demo --lifetime 1825d"
        })
final class CreateAuthorityCommand implements Callable<Integer> {
    @Option(names = "--cluster", required = true, paramLabel = "NAME", description = "the clusterId of the cluster")
    private String cluster;

    @Mixin
    private OutputFolder output;

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            defaultValue = "3650d",
            converter = CertificateLifetime.Converter.class,
            description = "how long it is valid from now, such as 1825d. Default: ${DEFAULT-VALUE}")
    private CertificateLifetime lifetime;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CertificateFolder target = output.folder();
        Validity validity = Validity.from(SystemClock.INSTANCE, lifetime.duration());
        target.write(CertificateFolder.AUTHORITY, CertificateAuthority.found(clusterId(), validity));
        PrintWriter out = spec.commandLine().getOut();
        out.println("authority    " + target.certificate(CertificateFolder.AUTHORITY));
        out.println("key          " + target.key(CertificateFolder.AUTHORITY) + " (keep it off the nodes)");
        out.println("valid until  " + validity.until());
        return ExitCode.SUCCESS;
    }

    private ClusterId clusterId() {
        try {
            return new ClusterId(cluster);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
