package io.quorate.deploy.certificate;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that issues a certificate. */
final class IssueOptions {
    @Option(
            names = "--cluster",
            required = true,
            paramLabel = "NAME",
            description = "the clusterId of the cluster that the holder belongs to")
    private String cluster;

    @Option(
            names = "--ca-dir",
            paramLabel = "DIR",
            defaultValue = "certs",
            description = "where ca.crt and ca.key are. Default: ${DEFAULT-VALUE}")
    private Path authorityFolder;

    @Mixin
    private OutputFolder output;

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            defaultValue = "365d",
            converter = CertificateLifetime.Converter.class,
            description = "how long it is valid from now, such as 90d. Default: ${DEFAULT-VALUE}")
    private CertificateLifetime lifetime;

    void issue(CertifiedRole role, String name, List<HostName> hosts, PrintWriter out) {
        CertifiedName certified = certified(role, name);
        CertificateAuthority authority = new CertificateFolder(authorityFolder).authority();
        Validity validity = Validity.from(SystemClock.INSTANCE, lifetime.duration());
        requireShorterThan(authority.certificate().getNotAfter().toInstant(), validity);
        CertificateFolder target = output.folder();
        target.write(name, authority.issue(certified, hosts, validity));
        out.println("certificate  " + target.certificate(name));
        out.println("key          " + target.key(name));
        out.println("name         " + certified);
        out.println("valid until  " + validity.until());
    }

    private CertifiedName certified(CertifiedRole role, String name) {
        if (name.equals(CertificateFolder.AUTHORITY)) {
            throw CommandFailure.usage("'ca' is the name of the authority's files; choose another name");
        }
        try {
            return new CertifiedName(new ClusterId(cluster), role, new NodeId(name));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    /** No client accepts a certificate whose authority has expired. */
    private static void requireShorterThan(Instant authorityEnd, Validity validity) {
        if (validity.until().isAfter(authorityEnd)) {
            throw CommandFailure.usage("the authority is valid only until " + authorityEnd
                    + ". Choose a shorter --lifetime, or make a new authority. Nothing was issued");
        }
    }
}
