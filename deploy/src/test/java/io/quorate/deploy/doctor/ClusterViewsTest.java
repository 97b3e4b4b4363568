package io.quorate.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.EndpointReply;
import io.quorate.deploy.client.FakeNode;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.doctor.Diagnosis.DiagnosisSeverity;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A matrix of faults, and what the views of all nodes together say of each. */
class ClusterViewsTest {
    private static final int PORT_BASE = 7000;

    /** A cluster as its nodes see it. All is well unless a test says otherwise. */
    private static final class Seen {
        private final int nodes;
        private final Map<String, ObjectNode> views = new TreeMap<>();
        private final Set<String> silent = new TreeSet<>();
        private final Set<String> hanging = new TreeSet<>();

        Seen(int nodes) {
            this.nodes = nodes;
            ids().forEach(id -> views.put(id, view(id)));
        }

        private List<String> ids() {
            return IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList();
        }

        private ObjectNode view(String of) {
            ObjectNode view = JsonText.object()
                    .put("cluster", "demo")
                    .put("coordinator", of)
                    .put("hasQuorum", true)
                    .put("canLose", (nodes - 1) / 2);
            ArrayNode list = view.putArray("nodes");
            view.putArray("refusedPeers");
            for (String id : ids()) {
                list.addObject()
                        .put("id", id)
                        .put("http", "127.0.0.1:" + port(id))
                        .put("state", "up")
                        .put("votingStatus", "voting")
                        .put("skewMs", 1);
            }
            return view;
        }

        private static int port(String id) {
            return PORT_BASE + Integer.parseInt(id.substring(1));
        }

        ObjectNode entry(String viewer, String id) {
            return (ObjectNode) views.get(viewer).path("nodes").get(ids().indexOf(id));
        }

        /** No message of {@code heard} reaches {@code deaf}. */
        Seen deaf(String deaf, String heard) {
            entry(deaf, heard).put("state", "down").remove("skewMs");
            return this;
        }

        Seen cut(String one, String other) {
            return deaf(one, other).deaf(other, one);
        }

        Seen withoutQuorum(String... viewers) {
            List.of(viewers)
                    .forEach(viewer -> views.get(viewer).put("hasQuorum", false).put("canLose", 0));
            return this;
        }

        Seen silent(String id) {
            silent.add(id);
            return this;
        }

        Seen hanging(String id) {
            hanging.add(id);
            return silent(id);
        }

        Seen down(String id) {
            ids().stream().filter(other -> !other.equals(id)).forEach(other -> deaf(other, id));
            return silent(id);
        }

        Seen ahead(String id, long ms) {
            for (String other : ids()) {
                if (!other.equals(id)) {
                    entry(other, id).put("skewMs", ms);
                    entry(id, other).put("skewMs", -ms);
                }
            }
            return this;
        }

        ClusterViews build() {
            List<MemberView> answered = new ArrayList<>();
            List<EndpointReply> failed = new ArrayList<>();
            views.forEach((id, view) -> {
                Endpoint endpoint = new Endpoint("127.0.0.1", port(id));
                if (silent.contains(id)) {
                    boolean hangs = hanging.contains(id);
                    failed.add(new EndpointReply(
                            endpoint, Optional.empty(), hangs ? "no answer in time" : "connection refused", hangs));
                } else {
                    answered.add(new MemberView(endpoint, view));
                }
            });
            return new ClusterViews(answered, failed);
        }
    }

    private static String only(List<Diagnosis> findings) {
        List<Diagnosis> wrong = findings.stream()
                .filter(finding -> finding.severity() != DiagnosisSeverity.OK)
                .toList();
        assertEquals(1, wrong.size(), wrong::toString);
        return wrong.get(0).subject() + ": " + wrong.get(0).detail();
    }

    private static List<Diagnosis> network(Seen seen) {
        return new NetworkCheck(seen.build()).run();
    }

    @Test
    void aHealthyClusterHasNothingWrong() {
        ClusterViews views = new Seen(3).build();
        assertEquals(List.of(), new NetworkCheck(views).run());
        assertEquals(List.of(), new ClockCheck(views).run());
        assertEquals(List.of(), new ConfigurationCheck(views).run());
        assertTrue(new NodesCheck(views).run().stream().allMatch(f -> f.severity() == DiagnosisSeverity.OK));
        Diagnosis service = new ServiceCheck(views).run();
        assertEquals(DiagnosisSeverity.OK, service.severity());
        assertEquals("n1, n2 and n3 serve reads and writes; it can lose 1 more", service.detail());
        assertEquals("all is well", Summary.of(List.of(service)).detail());
    }

    @Test
    void twoThatDoNotHearEachOtherAndBothHearAThirdHaveACutBetweenThem() {
        assertEquals(
                "network: n1 and n2 do not hear each other, though both hear n3: the path between them is cut",
                only(network(new Seen(3).cut("n1", "n2"))));
    }

    @Test
    void aPathInOneDirectionIsSaidToBeOne() {
        assertEquals(
                "network: n2 does not hear n1, though n1 hears n2: the path works in one direction only",
                only(network(new Seen(3).deaf("n2", "n1"))));
    }

    @Test
    void aNodeThatNobodyHearsAndThatDoesNotAnswerIsDown() {
        String finding = only(network(new Seen(3).down("n3")));
        assertTrue(
                finding.startsWith(
                        "node n3: it is down, or cut off from all: no node hears it, and it does not answer at"
                                + " 127.0.0.1:7003 (connection refused)"),
                finding);
    }

    @Test
    void aNodeThatTakesConnectionsAndAnswersNobodyHangs() {
        String finding = only(network(new Seen(3).down("n3").hanging("n3")));
        assertEquals(
                "node n3: it hangs: it takes connections at 127.0.0.1:7003 and answers nothing, and no node hears it",
                finding);
    }

    @Test
    void aNodeThatHangsOnlyForClientsIsNotSaidToBeDown() {
        String finding = only(network(new Seen(3).hanging("n2")));
        assertEquals(
                "node n2: it takes connections at 127.0.0.1:7002 and answers nothing in time, but n1 and n3 hear it",
                finding);
    }

    @Test
    void aNodeThatAnswersAndHearsNobodyIsCutOff() {
        Seen seen = new Seen(3).cut("n1", "n3").cut("n2", "n3").withoutQuorum("n3");
        assertEquals("network: it is split: nothing gets through between [n1 and n2] and [n3]", only(network(seen)));
        Diagnosis service = new ServiceCheck(seen.build()).run();
        assertEquals(DiagnosisSeverity.WARNING, service.severity());
        assertTrue(service.detail().startsWith("n1 and n2 serve reads and writes, n3 refuses them"), service::detail);
    }

    @Test
    void aSplitOfFiveNamesItsParts() {
        Seen seen = new Seen(5);
        for (String few : List.of("n1", "n2")) {
            List.of("n3", "n4", "n5").forEach(many -> seen.cut(few, many));
        }
        assertEquals(
                "network: it is split: nothing gets through between [n1 and n2] and [n3, n4 and n5]",
                only(network(seen)));
    }

    @Test
    void aNodeThatTheOthersHearButThatIsNotReachedFromHereRuns() {
        String finding = only(network(new Seen(3).silent("n2")));
        assertTrue(
                finding.contains("it does not answer at 127.0.0.1:7002") && finding.endsWith("n1 and n3 hear it"),
                finding);
    }

    @Test
    void theOddClockIsNamedAndNotTheOthers() {
        assertEquals(
                "node n2: its clock is 5000 ms ahead, as n1 and n3 say",
                only(new ClockCheck(new Seen(3).ahead("n2", 5_000).build()).run()));
        assertEquals(
                "node n3: its clock is 900 ms behind, as n1 and n2 say",
                only(new ClockCheck(new Seen(3).ahead("n3", -900).build()).run()));
    }

    @Test
    void ofTwoClocksNoneIsBlamed() {
        assertEquals(
                "clocks: n1 and n2 differ by 5000 ms",
                only(new ClockCheck(new Seen(2).ahead("n2", 5_000).build()).run()));
    }

    @Test
    void listsThatDifferAreAProblemAndSayWhoHasWhich() {
        Seen seen = new Seen(3);
        seen.entry("n3", "n2").put("id", "n9");
        assertEquals(
                "cluster: the processes have different lists of members: [n1 n2 n3] at n1 and n2, [n1 n3 n9] at n3",
                only(new ConfigurationCheck(seen.build()).run()));
    }

    @Test
    void otherClustersAreAProblem() {
        Seen seen = new Seen(3);
        seen.views.get("n2").put("cluster", "test");
        assertEquals(
                "cluster: the endpoints belong to different clusters: [demo] at n1 and n3, [test] at n2",
                only(new ConfigurationCheck(seen.build()).run()));
    }

    @Test
    void aProcessThatNodesRefuseIsAProblemWithItsReason() {
        Seen seen = new Seen(3);
        for (String node : List.of("n1", "n2")) {
            ((ArrayNode) seen.views.get(node).path("refusedPeers"))
                    .addObject()
                    .put("id", "n4")
                    .put("trouble", "the members here are [n1], yours are [n1, n4]");
        }
        assertEquals(
                "cluster: n1 and n2 refuse n4: the members here are [n1], yours are [n1, n4]",
                only(new ConfigurationCheck(seen.build()).run()));
    }

    @Test
    void aRefusalIsNoFaultOfTheNetwork() {
        Seen seen = new Seen(3).cut("n1", "n3").cut("n2", "n3");
        for (String node : List.of("n1", "n2")) {
            ((ArrayNode) seen.views.get(node).path("refusedPeers"))
                    .addObject()
                    .put("id", "n3")
                    .put("trouble", "n3 came back with another disk");
        }
        assertEquals(List.of(), network(seen));
        assertEquals(
                "cluster: n1 and n2 refuse n3: n3 came back with another disk",
                only(new ConfigurationCheck(seen.build()).run()));
        assertTrue(new NodesCheck(seen.build())
                .run().stream().noneMatch(f -> f.subject().equals("node n3")));
    }

    @Test
    void aMemberIsJudgedByWhatItSaysOfItself() {
        Seen vote = new Seen(3);
        vote.entry("n2", "n2").put("votingStatus", "none").put("whyNoVote", "wiped");
        assertEquals("node n2: it has no vote: wiped", only(new NodesCheck(vote.build()).run()));

        Seen disk = new Seen(3);
        disk.entry("n1", "n1").putObject("store").put("diskSpace", "read_only");
        assertEquals("node n1: its disk has space for read_only", only(new NodesCheck(disk.build()).run()));

        Seen slow = new Seen(3);
        slow.entry("n1", "n3").put("state", "slow");
        assertEquals("node n3: it is slow, as n1 says: it is asked last", only(new NodesCheck(slow.build()).run()));
    }

    @Test
    void aClusterThatServesNobodyIsAProblem() {
        Seen seen = new Seen(3).down("n2").down("n3").withoutQuorum("n1");
        Diagnosis service = new ServiceCheck(seen.build()).run();
        assertEquals(DiagnosisSeverity.PROBLEM, service.severity());
        assertTrue(service.detail().contains("n1 reaches no majority of 3 nodes"), service::detail);
    }

    @Test
    void whatAllNodesTogetherSayEndsInWhatToDoFirst() {
        Seen seen = new Seen(3).ahead("n2", 4_000).down("n3");
        ClusterViews views = seen.build();
        List<Diagnosis> findings = new ArrayList<>(new ClockCheck(views).run());
        findings.addAll(new NetworkCheck(views).run());
        Diagnosis summary = Summary.of(findings);
        assertEquals(DiagnosisSeverity.PROBLEM, summary.severity());
        assertTrue(summary.detail().startsWith("1 problem and 1 warning. First: node n3, it is down"), summary::detail);
        assertTrue(summary.advice().contains("start it again"), summary::advice);
    }

    @Test
    void aClusterThatOthersReachWithoutTlsIsAProblem() {
        Seen seen = new Seen(3);
        seen.views.get("n1").put("insecureNetwork", true);
        String finding = only(new ConfigurationCheck(seen.build()).run());
        assertTrue(finding.startsWith("cluster: n1 has no TLS") && finding.contains("insecureNetwork"), finding);
    }

    @Test
    void thatANodeRefusesRequestsIsSaidAfterItsCause() {
        Seen seen = new Seen(2).deaf("n1", "n2").withoutQuorum("n1");
        try (FakeNode one =
                        FakeNode.answering("200 OK", "", seen.views.get("n1").toString());
                FakeNode two =
                        FakeNode.answering("200 OK", "", seen.views.get("n2").toString())) {
            String summary = Summary.of(check(one.endpoint(), two.endpoint())).detail();
            assertTrue(summary.contains("First: network, n1 does not hear n2"), summary);
        }
    }

    @Test
    void aSilentNodeIsReportedOnceUnderWhateverNameOfItsHost() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Seen seen = new Seen(2).down("n2");
        seen.entry("n1", "n2").put("http", "127.0.0.1:" + closed);
        try (FakeNode one =
                FakeNode.answering("200 OK", "", seen.views.get("n1").toString())) {
            List<Diagnosis> findings = check(one.endpoint(), new Endpoint("localhost", closed));
            assertFalse(
                    findings.stream().anyMatch(finding -> finding.subject().equals("endpoint localhost:" + closed)),
                    findings::toString);
        }
    }

    private static List<Diagnosis> check(Endpoint... endpoints) {
        return new ClusterCheck(List.of(endpoints), ClientTls.NONE, ClientToken.NONE, true).run();
    }

    @Test
    void membersWhomNobodyNamedAreAskedToo() {
        Seen seen = new Seen(3);
        try (FakeNode two =
                        FakeNode.answering("200 OK", "", seen.views.get("n2").toString());
                FakeNode three =
                        FakeNode.answering("200 OK", "", seen.views.get("n3").toString())) {
            seen.entry("n1", "n2").put("http", two.endpoint().toString());
            seen.entry("n1", "n3").put("http", three.endpoint().toString());
            try (FakeNode one =
                    FakeNode.answering("200 OK", "", seen.views.get("n1").toString())) {
                List<Diagnosis> findings = check(one.endpoint());
                assertTrue(
                        findings.get(findings.size() - 1).detail().startsWith("n1, n2 and n3 serve"),
                        findings::toString);
                assertFalse(
                        findings.stream().anyMatch(finding -> finding.severity() != DiagnosisSeverity.OK),
                        findings::toString);
            }
        }
    }
}
