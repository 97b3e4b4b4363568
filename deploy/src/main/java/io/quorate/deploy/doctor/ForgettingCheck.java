package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether deletes are forgotten, and which members stop that. Each node knows a part of it.
 *
 * @param statuses what {@code /v1/convergence} of each node says
 */
record ForgettingCheck(List<JsonNode> statuses) {
    private static final String SUBJECT = "deletes";

    /** Empty if no node is to forget any, or none says. */
    Optional<Diagnosis> run() {
        List<JsonNode> enabled = statuses.stream()
                .map(status -> status.path("forgetting"))
                .filter(forgetting -> forgetting.path("enabled").asBoolean())
                .toList();
        Map<String, String> blocked = new TreeMap<>();
        for (JsonNode forgetting : enabled) {
            forgetting
                    .path("blocked")
                    .forEach(each -> blocked.putIfAbsent(
                            each.path("by").asText(),
                            each.path("why").asText() + ", since "
                                    + each.path("since").asText()));
        }
        if (enabled.isEmpty()) {
            return Optional.empty();
        }
        if (enabled.size() < statuses.size()) {
            return Optional.of(Diagnosis.warning(
                    SUBJECT,
                    "only " + enabled.size() + " of " + statuses.size() + " nodes forget them",
                    "set purgeQuietMs to the same value everywhere"));
        }
        if (!blocked.isEmpty()) {
            return Optional.of(kept(blocked));
        }
        Set<Long> quiet = enabled.stream()
                .map(forgetting -> forgetting.path("quietMs").asLong())
                .collect(Collectors.toCollection(TreeSet::new));
        if (quiet.size() > 1) {
            return Optional.of(Diagnosis.warning(
                    SUBJECT,
                    "the nodes have different purgeQuietMs: "
                            + Words.and(quiet.stream().map(String::valueOf).toList())
                            + ". That of the node that drives a pass counts for all",
                    "set purgeQuietMs to the same value everywhere"));
        }
        return Optional.of(Diagnosis.ok(SUBJECT, "they are forgotten, nothing is in the way"));
    }

    private static Diagnosis kept(Map<String, String> blocked) {
        List<String> each = blocked.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        return Diagnosis.warning(
                SUBJECT,
                "each leaves a small record for now: " + Words.and(each),
                "bring these members back, or set their clocks. One that was wiped never agrees again: see deploy/docs/operating.md,"
                        + " What to do when");
    }
}
