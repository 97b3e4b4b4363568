package io.quorate.deploy.bench.scenario;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node has counted.
 *
 * @param writesDone writes that are done or perhaps done
 * @param connectionsClosed connections that it closed at once since there were too many
 */
record NodeWork(long writesDone, long connectionsClosed) {
    /** A write whose outcome is unknown was stored by at least one replica. */
    private static final Pattern WRITES =
            Pattern.compile("quorate_requests_seconds_count\\{(?=[^}]*operation=\"(?:write|conditional_write)\")"
                    + "(?=[^}]*outcome=\"(?:ok|unknown)\")[^}]*} (\\S+)");

    private static final Pattern CLOSED =
            Pattern.compile("quorate_http_connections_refused_total(?:\\{[^}]*})? (\\S+)");

    /** @param metrics the lines of its metrics, counted since it was started */
    static NodeWork of(List<String> metrics) {
        return new NodeWork(sum(WRITES, metrics), sum(CLOSED, metrics));
    }

    private static long sum(Pattern pattern, List<String> metrics) {
        return metrics.stream()
                .map(pattern::matcher)
                .filter(Matcher::lookingAt)
                .mapToLong(metric -> (long) Double.parseDouble(metric.group(1)))
                .sum();
    }

    /** Empty if the node was started anew in between, because its counts began again at 0. */
    Optional<NodeWork> since(NodeWork before) {
        return writesDone < before.writesDone || connectionsClosed < before.connectionsClosed
                ? Optional.empty()
                : Optional.of(
                        new NodeWork(writesDone - before.writesDone, connectionsClosed - before.connectionsClosed));
    }
}
