package io.quorate.deploy.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.FakeNode;
import io.quorate.deploy.client.JsonText;
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
    void aProcessThatANodeRefusesIsAProblemWithItsReason() throws IOException {
        JsonNode peer = JsonText.object()
                .put("id", "n4")
                .put("trouble", "the members here are [n1], yours are [n1, n4]; 'members' must be the same")
                .put("times", 7);
        Diagnosis finding = ClusterCheck.stranger(new Endpoint("127.0.0.1", 7001), peer);
        assertEquals(DiagnosisSeverity.PROBLEM, finding.severity());
        assertTrue(finding.detail().contains("refuses n4, 7 times so far: the members here are [n1]"), finding::detail);
        JsonNode down = JsonText.object().put("id", "n2").put("state", "down").put("trouble", "refused the handshake");
        assertTrue(ClusterCheck.member(down).detail().contains("down: refused the handshake"));
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
    void aClusterIsJudgedByWhatEachEndpointSays() {
        assertEquals(DiagnosisSeverity.OK, quorum("\"hasQuorum\":true,\"canLose\":1"));
        assertEquals(DiagnosisSeverity.WARNING, quorum("\"hasQuorum\":true,\"canLose\":0"));
        assertEquals(DiagnosisSeverity.PROBLEM, quorum("\"hasQuorum\":false,\"canLose\":0"));
        assertEquals(DiagnosisSeverity.OK, member("\"state\":\"up\",\"votingStatus\":\"voting\",\"skewMs\":-3"));
        assertEquals(DiagnosisSeverity.WARNING, member("\"state\":\"up\",\"votingStatus\":\"voting\",\"skewMs\":-900"));
        assertEquals(DiagnosisSeverity.WARNING, member("\"state\":\"up\",\"votingStatus\":\"voting\""));
        assertEquals(DiagnosisSeverity.WARNING, member("\"state\":\"down\",\"votingStatus\":\"voting\""));
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                member("\"state\":\"up\",\"votingStatus\":\"none\",\"whyNoVote\":\"wiped\""));
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                member("\"state\":\"up\",\"votingStatus\":\"voting\",\"store\":{\"diskSpace\":\"read_only\"}"));
    }

    @Test
    void aClusterThatOthersReachWithoutTlsIsAProblem() {
        String open = "{\"cluster\":\"one\",\"insecureNetwork\":true,\"hasQuorum\":true,\"canLose\":1,\"nodes\":[]}";
        try (FakeNode node = FakeNode.answering("200 OK", "", open)) {
            List<Diagnosis> findings = new ClusterCheck(List.of(node.endpoint()), ClientTls.NONE, true).run();
            assertTrue(
                    findings.stream()
                            .anyMatch(finding -> finding.severity() == DiagnosisSeverity.PROBLEM
                                    && finding.detail().contains("insecureNetwork")),
                    findings::toString);
        }
    }

    @Test
    void endpointsOfDifferentClustersAreAProblem() {
        try (FakeNode one = FakeNode.answering("200 OK", "", cluster("one"));
                FakeNode two = FakeNode.answering("200 OK", "", cluster("two"))) {
            List<Diagnosis> findings =
                    new ClusterCheck(List.of(one.endpoint(), two.endpoint()), ClientTls.NONE, true).run();
            assertTrue(
                    findings.stream().anyMatch(finding -> finding.detail().contains("[one, two]")), findings::toString);
        }
    }

    @Test
    void thatNobodyIsThereIsAProblemOnlyIfSomebodyShouldBe() {
        List<Endpoint> nobody = List.of(new Endpoint("127.0.0.1", 1));
        assertEquals(
                DiagnosisSeverity.PROBLEM,
                new ClusterCheck(nobody, ClientTls.NONE, true).run().get(0).severity());
        assertEquals(
                DiagnosisSeverity.WARNING,
                new ClusterCheck(nobody, ClientTls.NONE, false).run().get(0).severity());
    }

    private static String cluster(String name) {
        return "{\"cluster\":\"" + name + "\",\"hasQuorum\":true,\"canLose\":1,\"nodes\":[]}";
    }

    private static DiagnosisSeverity quorum(String fields) {
        return ClusterCheck.quorum(new Endpoint("h", 1), json(fields)).severity();
    }

    private static DiagnosisSeverity member(String fields) {
        return ClusterCheck.member(json(fields)).severity();
    }

    private static JsonNode json(String fields) {
        return JsonText.read(("{" + fields + "}").getBytes(UTF_8), new Endpoint("h", 1));
    }
}
