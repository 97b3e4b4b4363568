package io.quorate.deploy.bench.closed;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The processor time that the nodes report since their start. */
public final class ClusterCpu {
    /** The first handshake of a program that has just started may take seconds on a busy machine. */
    private static final int TIMEOUT_MS = 10_000;

    private final List<Endpoint> endpoints;
    private final ClientTls tls;
    private final ClientToken token;

    public ClusterCpu(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
        this.endpoints = endpoints;
        this.tls = tls;
        this.token = token;
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

    /** Why no endpoint answers as a node. Empty if one does. */
    public Optional<String> silence() {
        List<String> reasons = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            try {
                if (cluster(endpoint).has("nodes")) {
                    return Optional.empty();
                }
                reasons.add(endpoint + " (it is no node of Quorate)");
            } catch (IOException e) {
                reasons.add(endpoint + " (" + FailureText.of(e) + ")");
            }
        }
        return Optional.of(String.join(", ", reasons));
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

    private JsonNode cluster(Endpoint endpoint) throws IOException {
        return new NodeGet(endpoint, "/v1/cluster", TIMEOUT_MS, tls, token).json();
    }
}
