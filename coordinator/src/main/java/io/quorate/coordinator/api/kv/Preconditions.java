package io.quorate.coordinator.api.kv;

import io.quorate.common.model.Version;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code If-Match} and {@code If-None-Match} of a write, RFC 9110, section 13.1: {@code *}, or a list of entity tags.
 *
 * <pre>
 * If-Match: *           there is a value            If-None-Match: *           there is none
 * If-Match: "v", "w"    its version is v or w       If-None-Match: "v", "w"    its version is neither
 * </pre>
 *
 * The tag of a deleted key is the version of its tombstone, as a 404 shows it. It matches like the tag of a value.
 */
final class Preconditions {
    private static final int TAGS_MAX = 100;
    private static final Pattern TAG = Pattern.compile("\\s*\"([^\"]*)\"\\s*(,|$)");

    private Preconditions() {}

    /** The precondition of a write, or empty if it is unconditional. */
    static Optional<Precondition> of(HttpServerRequest request) {
        Optional<Precondition> match = one(request, "If-Match", new Precondition.Present(), Precondition.AnyOf::new);
        Optional<Precondition> noneMatch =
                one(request, "If-None-Match", new Precondition.Absent(), Precondition.NoneOf::new);
        if (match.isPresent() && noneMatch.isPresent()) {
            return Optional.of(new Precondition.Both(match.get(), noneMatch.get()));
        }
        return match.or(() -> noneMatch);
    }

    /** Both headers as the client wrote them. */
    static String text(HttpServerRequest request) {
        return request.headers().getAll("If-Match") + "/" + request.headers().getAll("If-None-Match");
    }

    private interface OfVersions {
        Precondition create(Set<Version> versions);
    }

    private static Optional<Precondition> one(
            HttpServerRequest request, String header, Precondition any, OfVersions listed) {
        List<String> values = request.headers().getAll(header);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String text = String.join(",", values).strip();
        return Optional.of(text.equals("*") ? any : listed.create(versions(header, text)));
    }

    private static Set<Version> versions(String header, String text) {
        Set<Version> versions = new HashSet<>();
        Matcher tag = TAG.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!tag.find() || tag.start() != at || versions.size() == TAGS_MAX) {
                throw malformed(header, text);
            }
            try {
                versions.add(Version.parse(tag.group(1)));
            } catch (IllegalArgumentException e) {
                throw malformed(header, text);
            }
            at = tag.end();
        }
        if (versions.isEmpty()) {
            throw malformed(header, text);
        }
        return versions;
    }

    private static BadRequest malformed(String header, String text) {
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return new BadRequest(
                400,
                header + ": " + shown + " is neither * nor a list of 1 to " + TAGS_MAX
                        + " quoted entity tags as an ETag header shows them, like \"19d2c8e1f3a0000.5f.1.0\"."
                        + " Nothing was applied");
    }
}
