package io.quorate.deploy.certificate;

import picocli.CommandLine.Command;

@Command(
        name = "cert",
        description = "Makes the certificates of a cluster, and shows any.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateAuthorityCommand.class,
            CreateNodeCommand.class,
            CreateClientCommand.class,
            ShowCertificateCommand.class
        },
        footer = {
            "",
            "An authority signs one certificate for each process of the cluster. Copy to each machine the certificate and the "
                    + "key of its process, and ca.crt. Keep ca.key elsewhere: its holder can make itself any node.",
            "",
            "Examples:",
            "  quorate cert create-ca --cluster demo",
            "  quorate cert create-node n1 --cluster demo --host db1.example.com --host 10.0.0.1",
            "  quorate cert show certs/n1.crt"
        })
public final class CertCommand {}
