package io.quorate.coordinator.api.kv;

import io.quorate.coordinator.api.kv.VersionTags.Comparison;
import io.quorate.coordinator.api.kv.VersionTags.Strangers;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code If-Match} and {@code If-None-Match} of a request, RFC 9110, section 13.1: {@code *}, or a list of entity tags.
 *
 * <pre>
 * If-Match: *           there is a value            If-None-Match: *           there is none
 * If-Match: "v", "w"    its version is v or w       If-None-Match: "v", "w"    its version is neither
 * </pre>
 *
 * The tag of a deleted key is the version of its tombstone, as a 404 shows it. It matches like the tag of a value.
 */
final class Preconditions {
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private Preconditions() {}

    /** The precondition of a write, or empty if it is unconditional. */
    static Optional<Precondition> of(HttpServerRequest request) {
        Optional<Precondition> match = ifMatch(request, Strangers.REFUSED);
        Optional<Precondition> noneMatch = ifNoneMatch(request, Strangers.REFUSED);
        if (match.isPresent() && noneMatch.isPresent()) {
            return Optional.of(new Precondition.Both(match.get(), noneMatch.get()));
        }
        return match.or(() -> noneMatch);
    }

    /** {@code If-Match} of a request; empty if it has none. It compares strongly. */
    static Optional<Precondition> ifMatch(HttpServerRequest request, Strangers strangers) {
        return one(
                request,
                IF_MATCH,
                new Precondition.Present(),
                text -> new Precondition.AnyOf(
                        new VersionTags(IF_MATCH, text, Comparison.STRONG, strangers).versions()));
    }

    /** {@code If-None-Match} of a request; empty if it has none. It compares weakly. */
    static Optional<Precondition> ifNoneMatch(HttpServerRequest request, Strangers strangers) {
        return one(
                request,
                IF_NONE_MATCH,
                new Precondition.Absent(),
                text -> new Precondition.NoneOf(
                        new VersionTags(IF_NONE_MATCH, text, Comparison.WEAK, strangers).versions()));
    }

    private static Optional<Precondition> one(
            HttpServerRequest request, String header, Precondition any, Function<String, Precondition> listed) {
        List<String> values = request.headers().getAll(header);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String text = String.join(",", values).strip();
        return Optional.of(text.equals("*") ? any : listed.apply(text));
    }
}
