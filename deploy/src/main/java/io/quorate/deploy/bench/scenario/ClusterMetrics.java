package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
        return new ClusterWork(
                lines().stream().map(lines -> lines.map(NodeWork::of)).toList());
    }

    /** How much the merges of all nodes have left to write. Empty if one of them does not say it. */
    OptionalLong mergeDebtBytes() {
        List<OptionalLong> debts =
                lines().stream().map(ClusterMetrics::mergeDebtBytes).toList();
        return debts.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(
                        debts.stream().mapToLong(OptionalLong::getAsLong).sum())
                : OptionalLong.empty();
    }

    private static OptionalLong mergeDebtBytes(Optional<List<String>> ofNode) {
        return ofNode.stream()
                .flatMap(List::stream)
                .map(MERGE_DEBT::matcher)
                .filter(Matcher::matches)
                .mapToLong(debt -> (long) Double.parseDouble(debt.group(1)))
                .findFirst();
    }

    /** All nodes are asked at once: they are then of about the same time, and a node that hangs delays no other. */
    private List<Optional<List<String>>> lines() {
        try (ClusterClient client = new ClusterClient(endpoints, tls, token)) {
            return client.askAll(Call.get("/metrics").answeredWithin(TIMEOUT_MS)).stream()
                    .map(reply -> reply.answer().filter(answer -> answer.status() == 200))
                    .map(answer -> answer.map(each -> text(each).lines().toList()))
                    .toList();
        }
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
