package io.quorate.deploy.certificate;

import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "create-node",
        description = "Makes the certificate and the key of one node, or of one coordinator.",
        footer = {
            "",
            "Writes DIR/ID.crt and DIR/ID.key. The certificate holds the name quorate://CLUSTER/node/ID, by which the other "
                    + "processes recognise this one, and the hosts by which clients reach it. To renew it, write to another "
                    + "folder, and move the files over those in use: a node reads them again without a restart.",
            "",
            "Examples:",
            "  quorate cert create-node n1 --cluster demo --host db1.example.com --host 10.0.0.1",
            "  quorate cert create-node n1 --cluster demo --host localhost --host 127.0.0.1 --host ::1",
            "  quorate cert create-node c1 --coordinator --cluster demo --host front1.example.com",
            "  quorate cert create-node n1 --cluster demo --host db1.example.com --ca-dir /safe/demo --dir new"
        })
final class CreateNodeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "the nodeId of the process")
    private String id;

    @Option(
            names = "--host",
            required = true,
            split = ",",
            paramLabel = "HOST",
            converter = HostConverter.class,
            description = "a DNS name or an address by which clients reach the process; may be repeated")
    private List<HostName> hosts;

    @Option(names = "--coordinator", description = "for 'quorate coordinator', which is no member of the cluster")
    private boolean coordinator;

    @Mixin
    private IssueOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CertifiedRole role = coordinator ? CertifiedRole.COORDINATOR : CertifiedRole.NODE;
        options.issue(role, id, hosts, spec.commandLine().getOut());
        return ExitCode.SUCCESS;
    }

    /** For picocli. */
    static final class HostConverter implements ITypeConverter<HostName> {
        @Override
        public HostName convert(String text) {
            try {
                return HostName.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
