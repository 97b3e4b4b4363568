package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Endpoint;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The cluster as one of its processes sees it.
 *
 * @param cluster the answer of {@code /v1/cluster}
 */
record MemberView(Endpoint endpoint, JsonNode cluster) {
    private static final List<String> HEARD = List.of("up", "slow");

    /** The node or coordinator whose view it is. */
    String of() {
        return cluster.path("coordinator").asText();
    }

    String clusterName() {
        return cluster.path("cluster").asText();
    }

    /** The ids of all members that it lists. */
    TreeSet<String> members() {
        TreeSet<String> ids = new TreeSet<>();
        cluster.path("nodes").forEach(node -> ids.add(node.path("id").asText()));
        return ids;
    }

    boolean servesRequests() {
        return cluster.path("hasQuorum").asBoolean();
    }

    boolean isInsecure() {
        return cluster.path("insecureNetwork").asBoolean();
    }

    /** What it knows of a member. Empty JSON if it lists no such member. */
    JsonNode entry(String member) {
        return StreamSupport.stream(cluster.path("nodes").spliterator(), false)
                .filter(node -> node.path("id").asText().equals(member))
                .findFirst()
                .orElse(cluster.path("none"));
    }

    /** Whether messages of the member reach it. */
    boolean hears(String member) {
        return HEARD.contains(entry(member).path("state").asText());
    }

    /** Whether it does not let the other one take part, for a reason that it reports. */
    boolean refuses(String other) {
        return StreamSupport.stream(cluster.path("refusedPeers").spliterator(), false)
                .anyMatch(peer -> peer.path("id").asText().equals(other));
    }

    /** By how much the member's clock is ahead of its own. */
    OptionalLong skewMs(String member) {
        JsonNode skew = entry(member).path("skewMs");
        return skew.isNumber() && !member.equals(of()) ? OptionalLong.of(skew.asLong()) : OptionalLong.empty();
    }
}
