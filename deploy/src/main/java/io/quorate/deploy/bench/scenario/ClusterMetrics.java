package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of the nodes.
 *
 * @param tls for endpoints that speak it
 * @param token by which the client says who it is there
 */
record ClusterMetrics(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
    private static final int TIMEOUT_MS = 10_000;

    private static final Pattern MERGE_DEBT = Pattern.compile("quorate_store_compaction_debt_bytes (\\S+)");

    /** Until now. */
    ClusterWork work() {
        return new ClusterWork(endpoints.stream().map(this::work).toList());
    }

    private Optional<NodeWork> work(Endpoint endpoint) {
        return lines(endpoint).map(NodeWork::of);
    }

    /** How much the merges of the nodes that answer have left to write. */
    long mergeDebtBytes() {
        return endpoints.stream()
                .flatMap(endpoint -> lines(endpoint).stream())
                .flatMap(List::stream)
                .map(MERGE_DEBT::matcher)
                .filter(Matcher::matches)
                .mapToLong(debt -> (long) Double.parseDouble(debt.group(1)))
                .sum();
    }

    private Optional<List<String>> lines(Endpoint endpoint) {
        try {
            NodeGet metrics = new NodeGet(endpoint, "/metrics", TIMEOUT_MS, tls, token);
            return Optional.of(metrics.text().lines().toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
