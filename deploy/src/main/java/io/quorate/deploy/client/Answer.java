package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The answer of an endpoint.
 *
 * @param headers by name in any case
 */
public record Answer(Endpoint from, int status, Map<String, String> headers, byte[] body) {
    private static final String PROBLEM = "application/problem+json";

    public boolean isSuccess() {
        return status >= 200 && status < 300;
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
        boolean described = header("Content-Type").filter(PROBLEM::equals).isPresent();
        return described ? Optional.of(json()) : Optional.empty();
    }

    /** Whether the server states that nothing was applied, so that another endpoint can be tried. */
    boolean isRefusedForNow() {
        return status == 503
                && problem()
                        .filter(problem -> problem.path("outcome").asText().equals("none"))
                        .isPresent();
    }
}
