package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many writes the nodes have done since their start, by their metrics.
 *
 * @param tls for endpoints that speak it
 * @param token by which the client says who it is there
 */
record ClusterWrites(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
    private static final int TIMEOUT_MS = 10_000;

    /** A write whose outcome is unknown was stored by at least one replica. */
    private static final Pattern DONE =
            Pattern.compile("quorate_requests_seconds_count\\{(?=[^}]*operation=\"(?:write|conditional_write)\")"
                    + "(?=[^}]*outcome=\"(?:ok|unknown)\")[^}]*} (\\S+)");

    /** The sum over all nodes, or empty if one of them does not answer. */
    OptionalLong done() {
        long sum = 0;
        for (Endpoint endpoint : endpoints) {
            try {
                sum += done(endpoint);
            } catch (IOException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(sum);
    }

    /** Empty also if a node was started anew in between, because its count began again at 0. */
    static OptionalLong between(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() && after.getAsLong() >= before.getAsLong()
                ? OptionalLong.of(after.getAsLong() - before.getAsLong())
                : OptionalLong.empty();
    }

    private long done(Endpoint endpoint) throws IOException {
        return new NodeGet(endpoint, "/metrics", TIMEOUT_MS, tls, token)
                .text()
                .lines()
                .mapToLong(ClusterWrites::done)
                .sum();
    }

    /** The writes that a line of the metrics counts. */
    static long done(String line) {
        Matcher metric = DONE.matcher(line);
        return metric.lookingAt() ? (long) Double.parseDouble(metric.group(1)) : 0;
    }
}
