package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of the nodes.
 *
 * @param tls for endpoints that speak it
 * @param token by which the client says who it is there
 */
record ClusterMetrics(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
    private static final int TIMEOUT_MS = 10_000;

    /** Until now. */
    ClusterWork work() {
        return new ClusterWork(endpoints.stream().map(this::work).toList());
    }

    private Optional<NodeWork> work(Endpoint endpoint) {
        try {
            NodeGet metrics = new NodeGet(endpoint, "/metrics", TIMEOUT_MS, tls, token);
            return Optional.of(NodeWork.of(metrics.text().lines().toList()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
