package io.quorate.deploy.cluster;

import io.vertx.core.json.JsonObject;

/** The answer of {@code /v1/keys/{key}/replicas}. */
public record KeyReplicas(JsonObject json) {
    public JsonObject of(LocalNode node) {
        return json.getJsonArray("replicas").stream()
                .map(JsonObject.class::cast)
                .filter(replica -> replica.getString("id").equals(node.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no replica " + node + " in " + json));
    }

    public String stateOf(LocalNode node) {
        return of(node).getString("state");
    }

    public String versionOf(LocalNode node) {
        return of(node).getString("version");
    }

    public boolean isStale(LocalNode node) {
        return Boolean.TRUE.equals(of(node).getBoolean("stale"));
    }
}
