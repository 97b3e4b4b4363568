package io.quorate.deploy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.certificate.IssuedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of TLS at the start of a process: each error names the file, the fault and what is expected. */
final class TlsFilesTest {
    private final TestAuthority authority = new TestAuthority();

    @TempDir
    Path folder;

    private TlsMaterial read(TlsFiles files) throws TlsFileException {
        return files.read(TestAuthority.node("n1"), SystemClock.INSTANCE);
    }

    private void assertRefused(TlsFiles files, Path file, String what) {
        TlsFileException refused = assertThrows(TlsFileException.class, () -> read(files));
        assertTrue(refused.getMessage().startsWith(file + ": "), refused::getMessage);
        assertTrue(refused.getMessage().contains(what), refused::getMessage);
        assertTrue(refused.getMessage().contains("; expected: "), refused::getMessage);
    }

    @Test
    void theFilesOfANodeAreRead() throws Exception {
        IssuedCertificate own = authority.issue(TestAuthority.node("n1"));

        TlsMaterial material = read(authority.write(folder, own));

        assertEquals(own.certificate(), material.certificate());
        assertEquals(own.certificate().getNotAfter().toInstant(), material.expiry());
    }

    @Test
    void aBundleMayHoldTwoAuthoritiesAndAChainItsOwn() throws Exception {
        TlsFiles files = authority.write(folder, authority.issue(TestAuthority.node("n1")));
        append(files.authorities(), new TestAuthority().pem());
        append(files.certificate(), authority.pem());

        assertEquals(2, read(files).authorities().size());
    }

    @Test
    void theCertificateOfAnotherNodeIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, authority.issue(TestAuthority.node("n2")));

        assertRefused(files, files.certificate(), "it names [quorate://c/node/n2]");
        assertRefused(files, files.certificate(), "URI:quorate://c/node/n1");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, authority.expired(TestAuthority.node("n1")));

        assertRefused(files, files.certificate(), "it expired at ");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, new TestAuthority().issue(TestAuthority.node("n1")));

        assertRefused(files, files.certificate(), "no authority in " + files.authorities() + " vouches for it");
    }

    @Test
    void aSelfSignedCertificateIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, TestAuthority.selfSigned(TestAuthority.node("n1")));

        assertRefused(files, files.certificate(), "vouches for it");
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, authority.issue(TestAuthority.node("n1")));
        Files.writeString(files.key(), authority.issue(TestAuthority.node("n1")).keyPem());

        assertRefused(files, files.key(), "it is not the key of " + files.certificate());
    }

    @Test
    void aMissingFileIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, authority.issue(TestAuthority.node("n1")));
        Files.delete(files.authorities());

        assertRefused(files, files.authorities(), "there is no such file");
    }

    @Test
    void aDamagedCertificateIsRefused() throws Exception {
        TlsFiles files = authority.write(folder, authority.issue(TestAuthority.node("n1")));
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertRefused(files, files.certificate(), "a certificate in it is damaged");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }
}
