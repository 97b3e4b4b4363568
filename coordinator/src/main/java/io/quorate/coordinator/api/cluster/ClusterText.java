package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.text.CodePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster as lines for a terminal: what it can bear, and then a line for each member.
 *
 * <pre>
 * cluster local, as n1 sees it: 2 of 3 replicas vote, 2 make a majority, can lose no more nodes
 * n1  up    voting  127.0.0.1:7001
 * n2  down  -       127.0.0.1:7002  Connection refused
 * </pre>
 */
final class ClusterText {
    private static final String GAP = "  ";

    private ClusterText() {}

    /** @param cluster as {@link ClusterJson} has it */
    static String of(JsonNode cluster) {
        List<List<String>> rows = new ArrayList<>();
        cluster.get("nodes").forEach(node -> rows.add(cells(node)));
        return headline(cluster, rows.size())
                + '\n'
                + rows.stream().map(row -> line(row, rows) + '\n').collect(Collectors.joining());
    }

    private static String headline(JsonNode cluster, int nodes) {
        return "cluster " + cluster.get("cluster").asText() + ", as "
                + cluster.get("coordinator").asText() + " sees it: "
                + cluster.get("voting").asInt() + " of " + nodes + " replicas vote, "
                + cluster.get("quorum").asInt() + " make a majority, " + standing(cluster);
    }

    private static String standing(JsonNode cluster) {
        int canLose = cluster.get("canLose").asInt();
        if (!cluster.get("hasQuorum").asBoolean()) {
            return "requests are refused";
        }
        return canLose == 0 ? "can lose no more nodes" : "can lose " + canLose + " more";
    }

    private static List<String> cells(JsonNode node) {
        String state = node.get("state").asText();
        return List.of(
                node.get("id").asText(),
                state,
                state.equals("down") ? "-" : node.get("votingStatus").asText(),
                node.path("http").asText("-"),
                printable(node.path("trouble").asText()
                        + ' '
                        + node.path("whyNoVote").asText()));
    }

    /** A part of it comes from another process, and could steer the terminal. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.strip().codePoints().forEach(c -> shown.appendCodePoint(CodePoints.isControl(c) ? '?' : c));
        return shown.toString();
    }

    private static String line(List<String> row, List<List<String>> rows) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), width(column, rows)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static int width(int column, List<List<String>> rows) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
