package io.quorate.deploy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.certificate.IssuedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsRotationTest {
    private final TestAuthority authority = new TestAuthority();
    private final IssuedCertificate first = authority.issue(TestAuthority.node("n1"));
    private final IssuedCertificate second = authority.issue(TestAuthority.node("n1"));

    @TempDir
    Path folder;

    private TlsFiles files;
    private TlsRotation rotation;

    @BeforeEach
    void theFirstCertificateIsInUse() throws Exception {
        files = authority.write(folder, first);
        rotation = TlsRotation.start(files, TestAuthority.node("n1"), SystemClock.INSTANCE);
    }

    private X509Certificate inUse() {
        return rotation.sockets().material().certificate();
    }

    @Test
    void aNewCertificateComesIntoUseAtTheNextLook() throws Exception {
        authority.write(folder, second);
        assertEquals(first.certificate(), inUse());

        rotation.look();

        assertEquals(second.certificate(), inUse());
        assertFalse(rotation.isRejected());
    }

    @Test
    void aLookBetweenTwoFilesChangesNothingAndAlarmsNobody() throws Exception {
        Files.writeString(files.key(), second.keyPem());
        assertFalse(rotation.look(), "the other file has the whole period");
        assertEquals(first.certificate(), inUse());
        assertFalse(rotation.isRejected());

        Files.writeString(files.certificate(), second.certificatePem());
        rotation.look();

        assertEquals(second.certificate(), inUse());
    }

    @Test
    void filesThatStayWrongAreAnAlarmUntilTheyAreRight() throws Exception {
        Files.writeString(files.certificate(), "damaged");
        rotation.look();
        rotation.look();
        assertTrue(rotation.isRejected());
        assertEquals(first.certificate(), inUse());

        Files.writeString(files.certificate(), first.certificatePem());
        rotation.look();

        assertFalse(rotation.isRejected());
        assertEquals(first.certificate(), inUse());
    }

    @Test
    void aMissingFileIsAnAlarm() throws Exception {
        Files.delete(files.authorities());
        rotation.look();
        rotation.look();

        assertTrue(rotation.isRejected());
        assertEquals(first.certificate(), inUse());
    }

    @Test
    void aKeyThatOthersMayReadIsRefusedAtTheStart() throws Exception {
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw----r--"));

        TlsFileException refusal = assertThrows(
                TlsFileException.class, () -> TlsRotation.start(files, TestAuthority.node("n1"), SystemClock.INSTANCE));

        assertTrue(refusal.getMessage().contains("others may read the key: its owner is "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("rw----r--"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-----w-"})
    void authoritiesThatOthersMayWriteNeverComeIntoUseAndAreAnAlarm(String mode) throws Exception {
        authority.write(folder, second);
        Files.setPosixFilePermissions(files.authorities(), PosixFilePermissions.fromString(mode));
        rotation.look();
        rotation.look();
        assertTrue(rotation.isRejected());
        assertEquals(first.certificate(), inUse());

        Files.setPosixFilePermissions(files.authorities(), PosixFilePermissions.fromString("rw-r--r--"));
        rotation.look();

        assertFalse(rotation.isRejected());
        assertEquals(second.certificate(), inUse());
    }

    @Test
    void theCertificateOfAnotherNodeNeverComesIntoUse() throws Exception {
        authority.write(folder, authority.issue(TestAuthority.node("n2")));
        rotation.look();
        rotation.look();

        assertTrue(rotation.isRejected());
        assertEquals(first.certificate(), inUse());
    }
}
