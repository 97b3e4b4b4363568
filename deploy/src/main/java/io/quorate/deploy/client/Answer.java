package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The answer of an endpoint. Not always a node is there: a proxy may answer, or whoever has the port now.
 *
 * @param headers by name in any case
 */
public record Answer(Endpoint from, int status, Map<String, String> headers, byte[] body) {
    private static final String EXPLAINED = "application/vnd.quorate.explained+json";
    private static final String PROBLEM = "application/problem+json";

    /** A node names each request that it answers. */
    static boolean isOfNode(Map<String, String> headers) {
        return headers.containsKey("Quorate-Request-Id");
    }

    boolean isOfNode() {
        return isOfNode(headers);
    }

    /** Whether a node says that it did what was asked. */
    public boolean isSuccess() {
        return isOfNode() && status >= 200 && status < 300;
    }

    /** Whether a node tells the story of an operation instead of a value. */
    public boolean isExplained() {
        return isOfNode() && header("Content-Type").filter(EXPLAINED::equals).isPresent();
    }

    /** Whether a node says that the condition of a change did not hold. */
    public boolean isConditionFailed() {
        return isOfNode() && status == 412;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The version in the {@code ETag}, or empty if the key was never written. */
    public Optional<String> version() {
        return header("ETag").map(tag -> tag.replace("\"", ""));
    }

    /** How long the server asks to wait before the next attempt, or 0. */
    long retryAfterMs() {
        return header("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(seconds -> TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)))
                .orElse(0L);
    }

    public JsonNode json() {
        return JsonText.read(body, from);
    }

    /** The server's description of an error, or empty for a success, or if the answer is not from Quorate. */
    public Optional<JsonNode> problem() {
        boolean described =
                isOfNode() && header("Content-Type").filter(PROBLEM::equals).isPresent();
        return described ? Optional.of(json()) : Optional.empty();
    }

    /**
     * Whether this decides about a change: it was applied, or was not. Another server decides by no status: a proxy may
     * have sent the change on. After an error of a node, only its problem proves that it was not.
     */
    boolean isProof() {
        Optional<JsonNode> problem = problem();
        if (problem.isPresent()) {
            return !problem.get().path("outcome").asText().equals("unknown");
        }
        return isOfNode() && status < 500;
    }

    /** Whether the server states that nothing was applied, so that another endpoint can be tried. */
    boolean isRefusedForNow() {
        return status == 503
                && problem()
                        .filter(problem -> problem.path("outcome").asText().equals("none"))
                        .isPresent();
    }
}
