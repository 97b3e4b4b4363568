package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of a request, RFC 9112, section 3.2: a path, perhaps behind a scheme and a host, and before a query.
 *
 * @param path {@code *} for the whole server, otherwise as the client sent it, one character for each byte:
 *     percent-escapes and dots in it belong to the key
 * @param authority the host of a URI, perhaps with a port. Otherwise ""
 */
public record RequestTarget(String path, String authority) {
    private static final Pattern URI = Pattern.compile("[hH][tT][tT][pP][sS]?://([^/?#@]+)(/[^?]*)?(?:\\?.*)?");

    /** Up to the last @ of what may be an authority. A "?" in it may be of a password, or begin a query with an @. */
    private static final Pattern USER = Pattern.compile("^(?:[^/]*//)?[^/]*@");

    private static final String WHOLE_SERVER = "*";

    /** @throws BadRequest if it is neither a path nor a URI with a host */
    public static RequestTarget of(HttpServerRequest request) {
        return parse(request.uri());
    }

    static RequestTarget parse(String uri) {
        return uri.startsWith("/") ? new RequestTarget(withoutQuery(uri), "") : parseRare(uri);
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static RequestTarget parseRare(String uri) {
        Matcher form = URI.matcher(uri);
        if (uri.equals(WHOLE_SERVER)) {
            return new RequestTarget(WHOLE_SERVER, "");
        }
        if (!form.matches()) {
            throw new BadRequest(
                    400,
                    "the request's target " + unparsedText(uri)
                            + " is neither a path, like /v1/kv/a, nor a URI, like http://host/v1/kv/a."
                            + " Nothing was applied");
        }
        return new RequestTarget(form.group(2) == null ? "/" : form.group(2), form.group(1));
    }

    /**
     * What the request is for, for logs, even if that is no target at all. Without the query and the user of a URI,
     * which may hold secrets.
     */
    public static String logText(HttpServerRequest request) {
        return logText(request.uri());
    }

    static String logText(String uri) {
        try {
            return parse(uri).pathText();
        } catch (BadRequest noTarget) {
            return unparsedText(uri);
        }
    }

    /** Without all that may be a user and a password, and without the query. */
    private static String unparsedText(String uri) {
        Matcher user = USER.matcher(uri);
        if (!user.find()) {
            return text(withoutQuery(uri));
        }
        boolean mayEndInQuery = user.group().indexOf('?') >= 0;
        return mayEndInQuery ? "..." : text(withoutQuery(uri.substring(user.end())));
    }

    public boolean isWholeServer() {
        return path.equals(WHOLE_SERVER);
    }

    /** The path for messages: bytes that are not ASCII are UTF-8 there. */
    public String pathText() {
        return text(path);
    }

    private static String text(String raw) {
        return new String(raw.getBytes(ISO_8859_1), UTF_8);
    }
}
