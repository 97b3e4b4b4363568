package io.quorate.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.client.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/** The processor time that the nodes report since their start. */
final class ClusterCpu {
    private static final int TIMEOUT_MS = 2_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Endpoint> endpoints;

    ClusterCpu(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** The sum over all nodes, in milliseconds, or empty if one of them does not report it. */
    OptionalLong totalMs() {
        for (Endpoint endpoint : endpoints) {
            try {
                return sum(cluster(endpoint));
            } catch (IOException e) {
                continue; // the next one may answer
            }
        }
        return OptionalLong.empty();
    }

    /** Whether any endpoint answers as a node. */
    boolean isReachable() {
        for (Endpoint endpoint : endpoints) {
            try {
                return cluster(endpoint).has("nodes");
            } catch (IOException e) {
                continue; // the next one may answer
            }
        }
        return false;
    }

    private static OptionalLong sum(JsonNode cluster) {
        long total = 0;
        for (JsonNode node : cluster.path("nodes")) {
            if (!node.has("cpuMs")) {
                return OptionalLong.empty();
            }
            total += node.get("cpuMs").asLong();
        }
        return OptionalLong.of(total);
    }

    private static JsonNode cluster(Endpoint endpoint) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + endpoint + "/v1/cluster").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try (InputStream body = connection.getInputStream()) {
            return MAPPER.readTree(body);
        } finally {
            connection.disconnect();
        }
    }
}
