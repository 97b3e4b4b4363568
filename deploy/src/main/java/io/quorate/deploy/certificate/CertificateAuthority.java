package io.quorate.deploy.certificate;

import io.quorate.common.model.ClusterId;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Issues the certificates of a cluster. All keys are EC keys on the curve P-256, which every client knows. The names
 * are those of RFC 5280.
 */
public final class CertificateAuthority {
    private static final String CURVE = "secp256r1";
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    public CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A new authority, which signs itself. The subject names the cluster, only for people. */
    public static IssuedCertificate found(ClusterId cluster, Validity validity) {
        KeyPair pair = newKey();
        X500Name subject = subject(cluster, "Quorate CA");
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(subject, subject, pair.getPublic(), validity);
            add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
            add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            add(builder, Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
            return new IssuedCertificate(signed(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** @param hosts by which clients reach the server. None for a client */
    public IssuedCertificate issue(CertifiedName name, List<HostName> hosts, Validity validity) {
        KeyPair pair = newKey();
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X500Name subject = subject(name.cluster(), name.role().word() + " " + name.name());
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(issuer, subject, pair.getPublic(), validity);
            add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
            add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            add(builder, Extension.extendedKeyUsage, false, purposes(name.role()));
            add(builder, Extension.subjectAlternativeName, false, alternativeNames(name, hosts));
            add(builder, Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
            add(builder, Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(certificate));
            return new IssuedCertificate(signed(builder, key), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private static X500Name subject(ClusterId cluster, String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, cluster.name())
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey holder, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(0), // never 0
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                holder);
    }

    /** A process of the cluster is a server to clients, and both to its peers. */
    private static ExtendedKeyUsage purposes(CertifiedRole role) {
        return switch (role) {
            case NODE, COORDINATOR ->
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
            case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
        };
    }

    private static GeneralNames alternativeNames(CertifiedName name, List<HostName> hosts) {
        List<GeneralName> names = new ArrayList<>();
        hosts.forEach(host -> names.add(host.generalName()));
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, name.uri()));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(extension, critical, value);
        } catch (CertIOException e) {
            throw impossible(e);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException {
        String algorithm = signer.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (OperatorCreationException e) {
            throw impossible(e);
        }
    }

    private static IllegalStateException impossible(Exception e) {
        return new IllegalStateException("this JDK cannot make a certificate: " + e.getMessage(), e);
    }
}
