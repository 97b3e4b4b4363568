package io.quorate.deploy.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** A PEM file with one private key, in PKCS #8: EC or RSA. */
public final class KeyFile {
    private static final String EXPECTED = "one block '-----BEGIN PRIVATE KEY-----' (PKCS #8, EC or RSA)";
    private static final byte[] SIGNED = {'q', 'u', 'o', 'r', 'a', 't', 'e'};

    private KeyFile() {}

    public static PrivateKey read(Path file) throws TlsFileException {
        // openssl ecparam writes the parameters of the curve before the key.
        List<PemFile.PemBlock> blocks = PemFile.read(file, EXPECTED).stream()
                .filter(block -> !block.label().equals("EC PARAMETERS"))
                .toList();
        if (blocks.size() != 1) {
            throw new TlsFileException(file, blocks.size() + " blocks are in it", "expected: " + EXPECTED);
        }
        PemFile.PemBlock block = blocks.get(0);
        return switch (block.label()) {
            case "PRIVATE KEY" -> parse(file, block.der());
            case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
                throw new TlsFileException(
                        file,
                        "its key is not in PKCS #8 (" + block.label() + ")",
                        "convert it: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW_FILE");
            case "ENCRYPTED PRIVATE KEY" ->
                throw new TlsFileException(
                        file,
                        "its key is encrypted, and a server has no password",
                        "decrypt it: openssl pkcs8 -in " + file + " -out NEW_FILE, and protect the file");
            default ->
                throw new TlsFileException(file, "there is a " + block.label() + " in it", "expected: " + EXPECTED);
        };
    }

    private static PrivateKey parse(Path file, byte[] der) throws TlsFileException {
        for (String algorithm : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                continue; // a key of the other kind
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no " + algorithm + " keys", e);
            }
        }
        throw new TlsFileException(file, "its key is damaged, or neither EC nor RSA", "expected: " + EXPECTED);
    }

    /** Whether a key is the one of a certificate. */
    public static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of two kinds
        }
    }
}
