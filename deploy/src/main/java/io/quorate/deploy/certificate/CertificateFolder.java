package io.quorate.deploy.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.tls.CertificateFile;
import io.quorate.deploy.tls.KeyFile;
import io.quorate.deploy.tls.TlsFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * A folder of certificates and keys: {@code NAME.crt} and {@code NAME.key}. Only its owner may read what it creates. It
 * never overwrites a file.
 */
public final class CertificateFolder {
    /** The name of the authority's files. No node may have it, since both may be in one folder. */
    public static final String AUTHORITY = "ca";

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

    private final Path folder;

    public CertificateFolder(Path folder) {
        this.folder = folder;
    }

    public Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /**
     * Writes both files, or none.
     *
     * @throws CommandFailure if one of them exists, or cannot be written
     */
    public void write(String name, IssuedCertificate issued) {
        requireNone(certificate(name));
        requireNone(key(name));
        try {
            Files.createDirectories(folder, FOLDER);
            write(key(name), issued.keyPem());
            try {
                write(certificate(name), issued.certificatePem());
            } catch (IOException e) {
                Files.deleteIfExists(key(name));
                throw e;
            }
        } catch (IOException e) {
            throw CommandFailure.refused("cannot write to " + folder + ": " + e + ". Nothing was issued");
        }
    }

    private static void requireNone(Path file) {
        if (Files.exists(file)) {
            throw CommandFailure.refused(file + " exists already, and nothing is overwritten. Move it away, or name"
                    + " another folder with --dir. Nothing was issued");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** @throws CommandFailure if there is no authority in this folder */
    public CertificateAuthority authority() {
        try {
            X509Certificate certificate =
                    CertificateFile.read(certificate(AUTHORITY)).get(0);
            PrivateKey key = KeyFile.read(key(AUTHORITY));
            requireAuthority(certificate, key);
            return new CertificateAuthority(certificate, key);
        } catch (TlsFileException e) {
            throw CommandFailure.usage(e.getMessage() + ". 'quorate cert create-ca' makes an authority, and --ca-dir"
                    + " names its folder. Nothing was issued");
        }
    }

    private void requireAuthority(X509Certificate certificate, PrivateKey key) {
        if (certificate.getBasicConstraints() < 0) {
            throw CommandFailure.usage(
                    certificate(AUTHORITY) + " is no authority: it may sign no certificates." + " Nothing was issued");
        }
        if (!KeyFile.fits(key, certificate)) {
            throw CommandFailure.usage(
                    key(AUTHORITY) + " is not the key of " + certificate(AUTHORITY) + ". Nothing was issued");
        }
    }
}
