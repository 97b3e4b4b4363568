package io.quorate.deploy.data.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The {@code evidence} of {@code explain=1} as a table: a row for each message, with times since the request's start.
 */
public final class Explanation {
    private final JsonNode evidence;

    public Explanation(JsonNode evidence) {
        this.evidence = evidence;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String repaired = names(evidence.path("repaired"));
        lines.add(evidence.path("coordinator").asText() + " asked; "
                + evidence.path("quorum").asInt() + " of " + evidence.path("n").asInt()
                + " replicas were needed; acked: "
                + names(evidence.path("acked")) + "; repaired: " + (repaired.isEmpty() ? "none" : repaired));
        lines.addAll(messages());
        return lines;
    }

    private List<String> messages() {
        TextTable table = new TextTable("ROUND", "REPLICA", "SENT us", "ANSWERED us", "ANSWER", "VERSION", "REPAIRED");
        int number = 0;
        for (JsonNode round : evidence.path("rounds")) {
            number++;
            for (JsonNode message : round.path("replicas")) {
                table.row(
                        number + " " + round.path("phase").asText(),
                        message.path("id").asText(),
                        message.path("sentUs").asText("-"),
                        message.path("answeredUs").asText("-"),
                        message.path("answer").asText(),
                        message.path("version").asText("-"),
                        isRepaired(message.path("id").asText()) ? "yes" : "");
            }
        }
        return table.lines();
    }

    private boolean isRepaired(String id) {
        return StreamSupport.stream(evidence.path("repaired").spliterator(), false)
                .anyMatch(repaired -> repaired.asText().equals(id));
    }

    private static String names(JsonNode ids) {
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
