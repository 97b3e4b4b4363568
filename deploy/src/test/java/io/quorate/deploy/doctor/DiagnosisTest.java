package io.quorate.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.doctor.Diagnosis.DiagnosisSeverity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
    @TempDir
    Path folder;

    @Test
    void whatAMachineHasIsMeasuredAgainstWhatANodeNeeds() {
        assertEquals(
                DiagnosisSeverity.OK,
                MachineCheck.java(Runtime.Version.parse("17.0.1")).severity());
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                MachineCheck.java(Runtime.Version.parse("11.0.2")).severity());
        assertEquals(DiagnosisSeverity.PROBLEM, MachineCheck.memory(512, 100).severity());
        assertEquals(DiagnosisSeverity.WARNING, MachineCheck.memory(1_024, 100).severity());
        assertEquals(DiagnosisSeverity.OK, MachineCheck.memory(4_096, 100).severity());
        assertEquals(DiagnosisSeverity.PROBLEM, MachineCheck.openFiles(256).severity());
        assertEquals(DiagnosisSeverity.WARNING, MachineCheck.openFiles(4_096).severity());
        assertEquals(DiagnosisSeverity.OK, MachineCheck.openFiles(1_048_576).severity());
    }

    @Test
    void aDiskThatForgetsOrIsFullOrSlowIsAProblem() {
        assertEquals(
                DiagnosisSeverity.PROBLEM, DirectoryCheck.kind(folder, "tmpfs").severity());
        assertEquals(
                DiagnosisSeverity.WARNING,
                DirectoryCheck.kind(folder, "fuse.sshfs").severity());
        assertEquals(DiagnosisSeverity.OK, DirectoryCheck.kind(folder, "ext4").severity());
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                DirectoryCheck.room(folder, 100, 10_000).severity());
        assertEquals(
                DiagnosisSeverity.WARNING,
                DirectoryCheck.room(folder, 1_000, 10_000).severity());
        assertEquals(DiagnosisSeverity.PROBLEM, DirectoryCheck.forces(150, 300).severity());
        assertEquals(DiagnosisSeverity.WARNING, DirectoryCheck.forces(20, 30).severity());
        assertEquals(DiagnosisSeverity.OK, DirectoryCheck.forces(0.4, 30).severity());
    }

    @Test
    void aDirectoryIsMeasuredWhereItIsToBeAndNothingIsLeftThere() throws IOException {
        List<Diagnosis> findings = new DirectoryCheck(folder.resolve("not/yet"), SystemClock.INSTANCE).run();
        assertEquals(3, findings.size(), findings::toString);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                new DirectoryCheck(file, SystemClock.INSTANCE).run().get(0).severity());
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Diagnosis> findings = new PortsCheck("127.0.0.1", taken.getLocalPort(), "127.0.0.1", 0).run();
            assertEquals(DiagnosisSeverity.WARNING, findings.get(0).severity(), findings::toString);
            assertTrue(findings.get(0).detail().contains(":" + taken.getLocalPort()));
            assertEquals(DiagnosisSeverity.OK, findings.get(1).severity(), findings::toString);
        }
    }

    @Test
    void thatNobodyIsThereIsAProblemOnlyIfSomebodyShouldBe() {
        List<Endpoint> nobody = List.of(new Endpoint("127.0.0.1", 1));
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                new ClusterCheck(nobody, ClientTls.NONE, ClientToken.NONE, true)
                        .run()
                        .get(0)
                        .severity());
        assertEquals(
                DiagnosisSeverity.WARNING,
                new ClusterCheck(nobody, ClientTls.NONE, ClientToken.NONE, false)
                        .run()
                        .get(0)
                        .severity());
    }
}
