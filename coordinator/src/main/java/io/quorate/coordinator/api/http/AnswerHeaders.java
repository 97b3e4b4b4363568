package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/**
 * The headers that every answer has, also a refusal that is made before any route is known.
 *
 * <p>Anybody who may write can store a value of any type, and every value has the origin of the console. These headers
 * keep a browser from running one. {@code nosniff} forbids it to guess another type. The policy gives a value that is
 * opened as a page an origin of its own, and no scripts. {@code same-origin} keeps a value out of the pages of others:
 * as a script, an image or a style.
 */
public final class AnswerHeaders {
    /** The policy of everything but the console. */
    public static final String CONTENT_SECURITY_POLICY = "sandbox; default-src 'none'";

    public static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

    private static final CharSequence NO_SCRIPTS = HttpHeaders.createOptimized(CONTENT_SECURITY_POLICY);
    private static final CharSequence TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** What the page of a member needs to read an answer, and whether the connection goes on. */
    private static final List<CharSequence> OF_EVERY_ANSWER = List.of(
            HttpHeaders.CONNECTION,
            HttpHeaders.VARY,
            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
            HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);

    private AnswerHeaders() {}

    /** Begins an answer. No cache may keep it, unless its handler says otherwise. Values and files do. */
    public static void begin(HttpServerRequest request, RequestIds requestIds) {
        requestIds.name(request);
        put(request.response());
    }

    private static void put(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(TYPE_OPTIONS, NO_SNIFF)
                .putHeader(POLICY, NO_SCRIPTS)
                .putHeader(RESOURCE_POLICY, SAME_ORIGIN);
    }

    /** Adds a header of requests to those on which this answer depends. */
    public static void varyBy(HttpServerResponse response, CharSequence header) {
        String others = response.headers().get(HttpHeaders.VARY);
        response.putHeader(HttpHeaders.VARY, others == null ? header.toString() : others + ", " + header);
    }

    /** Lets the connection end with the answer to this request. The client opens another one for its next request. */
    public static void endConnectionAfter(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close").endHandler(answered -> request.connection()
                .close());
    }

    /** Takes back what a handler put into the head, so that another answer can follow. */
    static void beginAgain(HttpServerResponse response) {
        String id = RequestIds.of(response);
        List<Map.Entry<CharSequence, String>> kept = OF_EVERY_ANSWER.stream()
                .filter(response.headers()::contains)
                .map(name -> Map.entry(name, response.headers().get(name)))
                .toList();
        response.headers().clear();
        RequestIds.put(response, id);
        put(response);
        kept.forEach(header -> response.putHeader(header.getKey(), header.getValue()));
    }
}
