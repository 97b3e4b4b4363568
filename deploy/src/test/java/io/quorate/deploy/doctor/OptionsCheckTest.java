package io.quorate.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.EndpointReply;
import io.quorate.deploy.client.FakeNode;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.config.EffectiveOptions;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.doctor.Diagnosis.DiagnosisSeverity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processes that run differently, and who of them does. */
class OptionsCheckTest {
    private final List<ObjectNode> processes = new ArrayList<>();

    OptionsCheckTest() throws ConfigurationException {
        for (int i = 1; i <= 3; i++) {
            EffectiveOptions options = EffectiveOptions.of(NodeConfiguration.read(
                    Path.of("src/dist/conf/node.yaml"), Map.of("QUORATE_HTTP_PORT", Integer.toString(7_000 + i))));
            ObjectNode process = JsonText.object()
                    .put("coordinator", "n" + i)
                    .put("build", "1.0")
                    .put("heapBytes", 1 << 28)
                    .put("directBytes", 1 << 29)
                    .put("processors", 2);
            process.set("options", options.values());
            options.derived().forEach(process.putArray("derived")::add);
            processes.add(process);
        }
    }

    private ObjectNode options(int node) {
        return (ObjectNode) processes.get(node - 1).get("options");
    }

    private Diagnosis run() {
        return findings().get(0);
    }

    private List<Diagnosis> findings() {
        return check(processes.stream()
                .map(process -> FakeNode.answering("200 OK", "", process.toString()))
                .toList());
    }

    private static List<Diagnosis> check(List<FakeNode> nodes) {
        List<EndpointReply> replies;
        try (ClusterClient client =
                new ClusterClient(nodes.stream().map(FakeNode::endpoint).toList(), ClientTls.NONE, ClientToken.NONE)) {
            replies = client.askAll(Call.get("/v1/configuration"));
        } finally {
            nodes.forEach(FakeNode::close);
        }
        return new OptionsCheck(replies).run();
    }

    private void assertDifferent(String sides) {
        Diagnosis finding = run();
        assertEquals(DiagnosisSeverity.WARNING, finding.severity());
        assertEquals("the processes do not run alike: " + sides, finding.detail());
    }

    @Test
    void processesMayDifferInWhoAndWhereTheyAre() {
        OptionsCheck.OF_ONE_PROCESS.forEach(name -> options(2).put(name, "another"));
        Diagnosis finding = run();
        assertEquals(DiagnosisSeverity.OK, finding.severity(), finding::detail);
        assertEquals("n1, n2 and n3 have the same options and build", finding.detail());
    }

    @Test
    void anOptionOfOneNodeThatDiffersIsNamedWithItsValues() {
        options(3).put("silentMs", 900);
        options(1).put("hintsMax", 0);
        assertDifferent("silentMs is [500] at n1 and n2, [900] at n3; hintsMax is [0] at n1, [1000000] at n2 and n3");
    }

    @Test
    void theBuildIsComparedToo() {
        processes.get(0).put("build", "0.9");
        assertDifferent("build is [0.9] at n1, [1.0] at n2 and n3");
    }

    @Test
    void machinesMayDifferAndWhatFollowsFromIt() {
        processes.get(1).put("heapBytes", 1 << 27).put("processors", 4);
        options(2).put("eventLoops", 2).put("connectionsMax", 2048).put("connectionsPerAddressMax", 512);
        options(2).put("requestMemoryMib", 36).put("blockCacheMib", 16);
        List<Diagnosis> findings = findings();
        findings.forEach(finding -> assertEquals(DiagnosisSeverity.OK, finding.severity(), finding::detail));
        assertEquals(
                "the heap is [256 MiB] at n1 and n3, [128 MiB] at n2; the number of cores is [2] at n1 and n3, [4] at"
                        + " n2. What a process takes at a time follows from its own machine",
                findings.get(1).detail());
    }

    @Test
    void anOptionThatIsSetAtOneNodeAndDerivedAtTheOthersDiffers() {
        options(2).put("eventLoops", 3);
        processes
                .get(1)
                .putArray("derived")
                .add("connectionsMax")
                .add("connectionsPerAddressMax")
                .add("blockCacheMib");
        options(2).put("requestMemoryMib", 36);
        assertDifferent("requestMemoryMib is [derived] at n1 and n3, [36] at n2; eventLoops is [derived] at n1 and n3,"
                + " [3] at n2");
    }

    @Test
    void theOrderOfAListDoesNotMatterButAnAddressDoes() {
        ArrayNode members = (ArrayNode) options(2).get("members");
        members.add(members.remove(0));
        assertEquals(DiagnosisSeverity.OK, run().severity());
        ((ObjectNode) members.get(0)).put("host", "10.0.0.9");
        assertTrue(run().detail().contains("members is [") && run().detail().contains("10.0.0.9"));
    }

    @Test
    void everyOptionThatMayDifferExists() {
        OptionsCheck.OF_ONE_PROCESS.forEach(name -> assertTrue(options(1).has(name), name));
        assertTrue(options(1).has(OptionsCheck.COMPARED_ELSEWHERE));
    }

    @Test
    void aProcessThatDoesNotShowItsOptionsIsNamed() {
        FakeNode denying = FakeNode.refusing("403 Forbidden", "none");
        String endpoint = denying.endpoint().toString();
        Diagnosis finding = check(List.of(denying)).get(0);
        assertEquals(DiagnosisSeverity.WARNING, finding.severity());
        assertEquals("not compared, since it is not known of " + endpoint + " (status 403)", finding.detail());
    }
}
