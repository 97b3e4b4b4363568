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

    /** @param columns the width of the terminal */
    public List<String> lines(int columns) {
        List<String> lines = new ArrayList<>();
        String repaired = names(evidence.path("repaired"));
        lines.add(evidence.path("coordinator").asText() + " asked; "
                + evidence.path("quorum").asInt() + " of " + evidence.path("n").asInt()
                + " replicas were needed; acked: "
                + names(evidence.path("acked")) + "; repaired: " + (repaired.isEmpty() ? "none" : repaired));
        lines.addAll(messages().lines(columns));
        return lines;
    }

    /** With a column for repairs only if there is one: without it, most tables fit into 80 columns. */
    private TextTable messages() {
        List<String> heading = new ArrayList<>(List.of("ROUND", "NODE", "SENT us", "BACK us", "ANSWER", "VERSION"));
        boolean hasRepairs = !evidence.path("repaired").isEmpty();
        if (hasRepairs) {
            heading.add("REPAIRED");
        }
        TextTable table = new TextTable(heading.toArray(String[]::new));
        int number = 0;
        for (JsonNode round : evidence.path("rounds")) {
            number++;
            for (JsonNode message : round.path("replicas")) {
                List<String> cells = cells(number + " " + round.path("phase").asText(), message);
                if (hasRepairs) {
                    cells.add(isRepaired(message.path("id").asText()) ? "yes" : "");
                }
                table.row(cells.toArray());
            }
        }
        return table;
    }

    private static List<String> cells(String round, JsonNode message) {
        return new ArrayList<>(List.of(
                round,
                message.path("id").asText(),
                message.path("sentUs").asText("-"),
                message.path("answeredUs").asText("-"),
                message.path("answer").asText(),
                message.path("version").asText("-")));
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
