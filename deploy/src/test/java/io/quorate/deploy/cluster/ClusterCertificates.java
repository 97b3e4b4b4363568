package io.quorate.deploy.cluster;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.access.FirstAdministrator;
import io.quorate.deploy.certificate.CertificateAuthority;
import io.quorate.deploy.certificate.HostName;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.quorate.deploy.certificate.Validity;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The certificates and the access file of a secured cluster of a test, in one folder. Its client may do everything. */
public final class ClusterCertificates {
    private static final ClusterId CLUSTER = new ClusterId("test");
    private static final List<HostName> HOSTS = List.of(HostName.parse(LocalNode.HOST), HostName.parse("localhost"));

    private final Path folder;
    private final String token;
    private IssuedCertificate authority;

    ClusterCertificates(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        token = FirstAdministrator.write(access(), new NodeId("admin"));
        changeAuthority();
        trust(authority.certificatePem());
        issue("admin", CertifiedRole.CLIENT);
    }

    /** What all processes and clients trust. */
    public Path bundle() {
        return folder.resolve("ca.crt");
    }

    /** The authority that signs from now on is a new one. No process trusts it yet. Returns its certificate. */
    public String changeAuthority() {
        authority = CertificateAuthority.found(CLUSTER, Validity.from(SystemClock.INSTANCE, Duration.ofDays(2)));
        return authority.certificatePem();
    }

    /** The certificates of all authorities that are to be trusted, one after the other. */
    public void trust(String authorities) {
        replace(bundle(), authorities);
    }

    /** Writes a new certificate and a new key for a node, over those that it may have. */
    public void issue(String node) {
        issue(node, CertifiedRole.NODE);
    }

    private void issue(String node, CertifiedRole role) {
        CertifiedName name = new CertifiedName(CLUSTER, role, new NodeId(node));
        IssuedCertificate issued = new CertificateAuthority(authority.certificate(), authority.key())
                .issue(name, HOSTS, Validity.from(SystemClock.INSTANCE, Duration.ofDays(1)));
        replace(key(node), issued.keyPem());
        replace(certificate(node), issued.certificatePem());
    }

    /** The options of a command that may do everything, by a certificate. */
    public String clientOptions() {
        return "--cert '" + certificate("admin") + "' --key '" + key("admin") + "'";
    }

    /** The access file. */
    public Path access() {
        return folder.resolve("access.yaml");
    }

    /** Of a principal that may do everything. */
    public String token() {
        return token;
    }

    public Path certificate(String node) {
        return folder.resolve(node + ".crt");
    }

    public Path key(String node) {
        return folder.resolve(node + ".key");
    }

    String options(String node) {
        return "tlsCertificate: " + certificate(node) + "\ntlsKey: " + key(node) + "\ntlsCa: " + bundle()
                + "\naccessFile: " + access() + "\n";
    }

    /** No reader sees half of the file. */
    private void replace(Path file, String text) {
        try {
            PrivateFile.replace(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
