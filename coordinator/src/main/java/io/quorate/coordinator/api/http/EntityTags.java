package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code If-None-Match} of a GET or HEAD for a file, RFC 9110, section 13.1.2. It compares weakly: a proxy that
 * compresses a file makes its tag weak.
 */
public final class EntityTags {
    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    private EntityTags() {}

    /** Whether the client has the file with this tag, so that the answer is 304. */
    public static boolean isKnown(HttpServerRequest request, String tag) {
        List<String> values = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
        String text = String.join(",", values).strip();
        Matcher known = TAG.matcher(text);
        boolean found = text.equals("*");
        while (!found && known.find()) {
            found = known.group().equals(tag);
        }
        return found;
    }
}
