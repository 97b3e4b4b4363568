package io.quorate.deploy.cluster;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The answer of {@code /v1/cluster}: what one coordinator knows of all nodes. */
public record ClusterView(JsonObject json) {
    public long up() {
        return json.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> "up".equals(node.getString("state")))
                .count();
    }

    public String stateOf(LocalNode node) {
        return of(node).getString("state");
    }

    /** Whether its answers count, as {@code votingStatus} says. */
    public String votingStatusOf(LocalNode node) {
        return of(node).getString("votingStatus", "");
    }

    /** How far a node's clock is ahead of the one of the node that was asked. */
    public long skewMsOf(LocalNode node) {
        return of(node).getLong("skewMs");
    }

    /** The number of the protocol on the connection to a node. Empty of an earlier build too, which does not say it. */
    public Optional<Integer> protocolOf(LocalNode node) {
        return Optional.ofNullable(of(node).getInteger("protocol"));
    }

    private JsonObject of(LocalNode node) {
        return json.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(member -> member.getString("id").equals(node.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + node + " in " + json));
    }

    public int canLose() {
        return json.getInteger("canLose");
    }
}
