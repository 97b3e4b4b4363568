package io.quorate.deploy.tls;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.certificate.CertificateAuthority;
import io.quorate.deploy.certificate.HostName;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.quorate.deploy.certificate.Validity;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test, and what it signs. */
final class TestAuthority {
    static final ClusterId CLUSTER = new ClusterId("c");

    /** Of what it signs. */
    static final Duration LIFETIME = Duration.ofDays(1);

    private static final List<HostName> HOSTS = List.of(HostName.parse("localhost"), HostName.parse("127.0.0.1"));

    private final IssuedCertificate own = CertificateAuthority.found(CLUSTER, validity(Duration.ofDays(2)));
    private final CertificateAuthority authority = new CertificateAuthority(own.certificate(), own.key());

    private static Validity validity(Duration lifetime) {
        return Validity.from(SystemClock.INSTANCE, lifetime);
    }

    static CertifiedName node(String id) {
        return new CertifiedName(CLUSTER, CertifiedRole.NODE, new NodeId(id));
    }

    X509Certificate certificate() {
        return own.certificate();
    }

    IssuedCertificate issue(CertifiedName name) {
        return authority.issue(name, HOSTS, validity(LIFETIME));
    }

    /** One certificate with several names. {@code quorate cert} makes none. */
    IssuedCertificate issueFor(List<CertifiedName> names) {
        IssuedCertificate one = issue(names.get(0));
        GeneralName[] uris = names.stream()
                .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, name.uri()))
                .toArray(GeneralName[]::new);
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            own.certificate(),
                            BigInteger.TWO,
                            one.certificate().getNotBefore(),
                            one.certificate().getNotAfter(),
                            one.certificate().getSubjectX500Principal(),
                            one.certificate().getPublicKey())
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uris));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(own.key());
            return new IssuedCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), one.key());
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK cannot make a certificate", e);
        }
    }

    /** Another authority signed this one's key, and has ended. */
    X509Certificate expiredCross() {
        TestAuthority other = new TestAuthority();
        Instant end = Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()).minusSeconds(60);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=former authority"),
                BigInteger.TWO,
                Date.from(end.minusSeconds(3_600)),
                Date.from(end),
                own.certificate().getSubjectX500Principal(),
                own.certificate().getPublicKey());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(other.own.key());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK cannot make a certificate", e);
        }
    }

    IssuedCertificate expired(CertifiedName name) {
        Instant end = Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()).minusSeconds(60);
        return authority.issue(name, HOSTS, new Validity(end.minusSeconds(3_600), end));
    }

    /** A certificate of this authority, whose holder trusts this authority. */
    TlsMaterial material(CertifiedName name) {
        return trusting(issue(name));
    }

    /** Any certificate, whose holder trusts this authority. */
    TlsMaterial trusting(IssuedCertificate issued) {
        return new TlsMaterial(List.of(issued.certificate()), issued.key(), List.of(certificate()));
    }

    /** A certificate that vouches for itself. */
    static IssuedCertificate selfSigned(CertifiedName name) {
        IssuedCertificate stranger = CertificateAuthority.found(CLUSTER, validity(Duration.ofDays(1)));
        return new CertificateAuthority(stranger.certificate(), stranger.key())
                .issue(name, HOSTS, validity(Duration.ofHours(1)));
    }

    /** Files of a node, as its configuration names them. */
    TlsFiles write(Path folder, IssuedCertificate issued) throws IOException {
        TlsFiles files = new TlsFiles(folder.resolve("own.crt"), folder.resolve("own.key"), folder.resolve("ca.crt"));
        Files.writeString(files.certificate(), issued.certificatePem());
        PrivateFile.replace(files.key(), issued.keyPem());
        Files.writeString(files.authorities(), own.certificatePem());
        return files;
    }

    String pem() {
        return own.certificatePem();
    }
}
