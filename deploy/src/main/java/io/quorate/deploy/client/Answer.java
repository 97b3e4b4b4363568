package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.util.Optional;

/**
 * What an endpoint answered.
 *
 * @param headers by name in any case
 */
public record Answer(Endpoint from, int status, MultiMap headers, byte[] body) {
    private static final String PROBLEM = "application/problem+json";

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The version in the {@code ETag}; empty if the key was never written. */
    public Optional<String> version() {
        return header("ETag").map(tag -> tag.replace("\"", ""));
    }

    public JsonNode json() {
        return JsonText.read(body, from);
    }

    /** What the server says about an error; empty if the answer is none, or comes from something else than Quorate. */
    public Optional<JsonNode> problem() {
        boolean told = header("Content-Type").filter(PROBLEM::equals).isPresent();
        return told ? Optional.of(json()) : Optional.empty();
    }

    /** Whether the server vouches for it that nothing was applied and that another one may do better. */
    boolean isRefusedForNow() {
        return status == 503
                && problem()
                        .filter(problem -> problem.path("outcome").asText().equals("none"))
                        .isPresent();
    }
}
