package io.quorate.coordinator.api.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cookie of a browser that is logged in. No script can read it, no page of another site makes a browser send it,
 * and it never travels without TLS. A browser refuses a cookie with this prefix from another host of the same domain.
 * It ends with the browser.
 */
public final class SessionCookie {
    public static final String NAME = "__Host-quorate-session";

    private static final String NAMED = NAME + "=";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    public static boolean isIn(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.COOKIE)
                && values(request).findAny().isPresent();
    }

    /** What is sealed in it. "" if the request has several: then one of them is not ours. */
    static String valueOf(HttpServerRequest request) {
        List<String> values = values(request).toList();
        return values.size() == 1 ? values.get(0) : "";
    }

    private static Stream<String> values(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.COOKIE).stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NAMED))
                .map(cookie -> cookie.substring(NAMED.length()));
    }

    public static void put(HttpServerResponse response, String value) {
        response.putHeader(HttpHeaders.SET_COOKIE, NAMED + value + ATTRIBUTES);
    }

    public static void remove(HttpServerResponse response) {
        response.putHeader(HttpHeaders.SET_COOKIE, NAMED + ATTRIBUTES + "; Max-Age=0");
    }
}
