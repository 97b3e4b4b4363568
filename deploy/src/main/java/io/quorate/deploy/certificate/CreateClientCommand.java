package io.quorate.deploy.certificate;

import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "create-client",
        description = "Makes the certificate and the key of one client of the HTTP API.",
        footer = {
            "",
            "Writes DIR/NAME.crt and DIR/NAME.key. The certificate holds the name quorate://CLUSTER/client/NAME. No process of "
                    + "the cluster accepts it as a peer. 'quorate access grant NAME' says what the client may do.",
            "",
            "Examples:",
            "  quorate cert create-client alice --cluster demo",
            "  quorate cert create-client backup --cluster demo --lifetime 90d --dir /etc/backup/certs"
        })
final class CreateClientCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "the client's name, in the form of a nodeId")
    private String name;

    @Mixin
    private IssueOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        options.issue(CertifiedRole.CLIENT, name, List.of(), spec.commandLine().getOut());
        return ExitCode.SUCCESS;
    }
}
