package io.quorate.deploy.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A PEM file with certificates: a chain whose first certificate is the holder's, or a bundle of authorities. */
public final class CertificateFile {
    private static final String EXPECTED = "blocks '-----BEGIN CERTIFICATE-----'";

    private CertificateFile() {}

    /** At least one, in the order of the file. A block of another kind is refused. */
    public static List<X509Certificate> read(Path file) throws TlsFileException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.PemBlock block : PemFile.read(file, EXPECTED)) {
            if (!block.label().equals("CERTIFICATE") && !block.label().equals("X509 CERTIFICATE")) {
                throw new TlsFileException(file, "there is a " + block.label() + " in it", "expected: " + EXPECTED);
            }
            certificates.add(parse(file, block.der()));
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate parse(Path file, byte[] der) throws TlsFileException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsFileException(
                    file, "a certificate in it is damaged: " + e.getMessage(), "expected: " + EXPECTED);
        }
    }
}
