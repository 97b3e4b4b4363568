package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a cluster is, as each of its endpoints reports it. Each is asked, since they may see different things. */
final class ClusterCheck {
    private static final long SKEW_MS_GOOD = 250;

    private final List<Endpoint> endpoints;
    private final ClientTls tls;
    private final boolean isExpected;
    private final List<Diagnosis> findings = new ArrayList<>();
    private final Set<String> clusters = new TreeSet<>();
    private boolean membersReported;

    /** @param isExpected whether the user named these endpoints, so that a cluster must answer there */
    ClusterCheck(List<Endpoint> endpoints, ClientTls tls, boolean isExpected) {
        this.endpoints = endpoints;
        this.tls = tls;
        this.isExpected = isExpected;
    }

    List<Diagnosis> run() {
        int silent = 0;
        for (Endpoint endpoint : endpoints) {
            try (ClusterClient client = new ClusterClient(List.of(endpoint), tls)) {
                Answer answer = client.send(Call.get("/v1/cluster"));
                check(endpoint, answer.json());
            } catch (CommandFailure e) {
                silent++;
                findings.add(silent(endpoint, e));
            }
        }
        if (silent == endpoints.size()) {
            return List.of(noAnswer());
        }
        if (clusters.size() > 1) {
            findings.add(Diagnosis.problem(
                    "cluster", "the endpoints belong to different clusters: " + clusters, "name those of one cluster"));
        }
        return findings;
    }

    private static Diagnosis silent(Endpoint endpoint, CommandFailure why) {
        String reason = why.getMessage().replaceFirst("^.*?\\((.*?)\\).*$", "$1");
        return Diagnosis.warning(
                "endpoint " + endpoint, "no answer: " + reason, "see whether the node there runs, and its log");
    }

    private Diagnosis noAnswer() {
        String detail = "no node answers at " + endpoints;
        String advice = "start one with 'quorate cluster start', or name its addresses with --endpoint";
        return isExpected ? Diagnosis.problem("cluster", detail, advice) : Diagnosis.warning("cluster", detail, advice);
    }

    private void check(Endpoint endpoint, JsonNode cluster) {
        clusters.add(cluster.path("cluster").asText());
        findings.add(quorum(endpoint, cluster));
        if (cluster.path("insecureNetwork").asBoolean()) {
            findings.add(insecure(endpoint));
        }
        cluster.path("refusedPeers").forEach(peer -> findings.add(stranger(endpoint, peer)));
        if (!membersReported) {
            membersReported = true;
            cluster.path("nodes").forEach(node -> findings.add(member(node)));
        }
    }

    static Diagnosis quorum(Endpoint endpoint, JsonNode cluster) {
        String subject = "endpoint " + endpoint;
        String detail = cluster.path("coordinator").asText() + " of cluster "
                + cluster.path("cluster").asText() + " reaches "
                + cluster.path("voting").asInt() + " of "
                + cluster.path("nodes").size() + " voting replicas, "
                + cluster.path("quorum").asInt() + " needed";
        if (!cluster.path("hasQuorum").asBoolean()) {
            return Diagnosis.problem(
                    subject, detail + ": it refuses reads and writes", "start the missing nodes, or heal the network");
        }
        return cluster.path("canLose").asInt() == 0
                ? Diagnosis.warning(subject, detail + ": it can lose no more", "bring the missing nodes back")
                : Diagnosis.ok(subject, detail);
    }

    static Diagnosis insecure(Endpoint endpoint) {
        return Diagnosis.problem(
                "endpoint " + endpoint,
                "it has no TLS although other machines may reach it (insecureNetwork): everybody who reaches it can read"
                        + " and write all data",
                "give all processes certificates, see deploy/docs/tls.md");
    }

    /** A process that the node at the endpoint refuses. It may believe that it belongs to the cluster. */
    static Diagnosis stranger(Endpoint endpoint, JsonNode peer) {
        return Diagnosis.problem(
                "endpoint " + endpoint,
                "it refuses " + peer.path("id").asText() + ", "
                        + peer.path("times").asLong() + " times so far: "
                        + peer.path("trouble").asText(),
                "give all processes of the cluster the same 'clusterId' and 'members', and each node its own data"
                        + " directory. Stop strangers");
    }

    static Diagnosis member(JsonNode node) {
        String subject = "node " + node.path("id").asText();
        String state = node.path("state").asText();
        if (!state.equals("up")) {
            String trouble = node.path("trouble").asText();
            return Diagnosis.warning(
                    subject,
                    "it is " + state + (trouble.isEmpty() ? "" : ": " + trouble),
                    "see whether it runs, and its log");
        }
        if (node.has("whyNoVote") || !node.path("votingStatus").asText("voting").equals("voting")) {
            String why = node.path("whyNoVote").asText(node.path("votingStatus").asText());
            return Diagnosis.problem(
                    subject, "it has no vote: " + why, "see deploy/docs/operating.md, What to do when");
        }
        if (!node.path("store").path("diskSpace").asText("all_writes").equals("all_writes")) {
            String space = node.path("store").path("diskSpace").asText();
            return Diagnosis.problem(subject, "its disk has space for " + space, "free space on its disk");
        }
        if (!node.path("trouble").asText().isEmpty()) {
            return Diagnosis.warning(subject, node.path("trouble").asText(), "see its log");
        }
        return skew(subject, node);
    }

    private static Diagnosis skew(String subject, JsonNode node) {
        if (!node.has("skewMs")) {
            return Diagnosis.warning(subject, "it is up, its clock is not known yet", "ask again in a second");
        }
        long skewMs = node.path("skewMs").asLong();
        String detail = "it is up, its clock is off by " + skewMs + " ms";
        return Math.abs(skewMs) > SKEW_MS_GOOD
                ? Diagnosis.warning(
                        subject, detail, "synchronize the clocks (chrony, ntpd): values expire early or late by this")
                : Diagnosis.ok(subject, detail);
    }
}
