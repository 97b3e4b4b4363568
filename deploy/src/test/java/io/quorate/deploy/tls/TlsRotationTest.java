package io.quorate.deploy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.certificate.IssuedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        rotation.look();
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
    void theCertificateOfAnotherNodeNeverComesIntoUse() throws Exception {
        authority.write(folder, authority.issue(TestAuthority.node("n2")));
        rotation.look();
        rotation.look();

        assertTrue(rotation.isRejected());
        assertEquals(first.certificate(), inUse());
    }
}
