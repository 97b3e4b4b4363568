package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.SessionCookie;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.LogText;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Decides what a page in a browser may do here. The API asks for no password, so a foreign page in a browser beside a
 * node could otherwise send a batch. A refusal comes before any effect.
 *
 * <pre>
 *  the browser says                                        the request
 *  neither Origin nor Sec-Fetch-Site                       passes: it is a program's. With the cookie of a session
 *                                                          it may change nothing
 *  Sec-Fetch-Dest of a part of a page, such as script      is refused, except for the console's files
 *  Origin of a member, or an allowed one                   passes, and the page may read the answer
 *  an allowed Origin of no member, with a session's cookie is refused
 *  Sec-Fetch-Site: cross-site or same-site                 is refused, except for a link to the console
 *  another Origin than that of the request's own host      may change nothing: GET, HEAD and OPTIONS pass
 *  all others                                              pass: the page is ours, or the user typed the address
 * </pre>
 *
 * Only a page of a member gets {@code Access-Control-Allow-Credentials}: it is the console, with the cookie of its
 * session. A script of an allowed origin has to send a token.
 *
 * <p>{@code same-site} is foreign too: it is another port of this machine, or another name of the same domain.
 */
final class CrossOrigin implements Handler<HttpServerRequest> {
    private static final CharSequence SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
    private static final String METHODS = "GET, HEAD, PUT, PATCH, DELETE, POST";
    private static final String REQUEST_HEADERS =
            "Content-Type, If-Match, If-None-Match, Idempotency-Key, Cache-Control, Last-Event-ID, Authorization,"
                    + " X-Request-Id";
    private static final String RESPONSE_HEADERS =
            "ETag, Quorate-Evidence, Quorate-Request-Id, Content-Type, Quorate-Expires-In, Retry-After,"
                    + " Quorate-Replayed";
    private static final String PREFLIGHT_HOLDS_S = "600";

    private final Origins origins;
    private final Handler<HttpServerRequest> next;
    private final AccessControl control;

    CrossOrigin(Origins origins, Handler<HttpServerRequest> next, AccessControl control) {
        this.origins = origins;
        this.next = next;
        this.control = control;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String origin = request.headers().get(HttpHeaders.ORIGIN);
        String site = request.headers().get(SITE);
        if (origin == null && site == null) {
            refuseForgedChange(request);
            next.handle(request);
        } else {
            handle(BrowserRequest.of(request, origin, site));
        }
    }

    /** Only browsers have cookies of sessions, and each change of theirs says where it comes from. */
    private void refuseForgedChange(HttpServerRequest request) {
        if (!BrowserRequest.changesNothing(request) && SessionCookie.isIn(request)) {
            throw control.foreign(
                    request,
                    "a change by the cookie of a session needs Origin or Sec-Fetch-Site, as browsers send them; programs"
                            + " use Authorization: Bearer TOKEN. Nothing was applied");
        }
    }

    static void putHeaders(HttpServerRequest request, Origins origins) {
        String origin = request.headers().get(HttpHeaders.ORIGIN);
        if (origin == null) {
            return;
        }
        HttpServerResponse response = request.response().putHeader("Vary", "Origin");
        if (origins.contain(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        }
        if (origins.isOfMember(origin)) {
            response.putHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    private void handle(BrowserRequest fetch) {
        boolean isAllowed = fetch.origin().filter(origins::contain).isPresent();
        boolean isMember = fetch.origin().filter(origins::isOfMember).isPresent();
        putHeaders(fetch.request(), origins);
        if (fetch.isForeignPart()) {
            throw partOfPage(fetch);
        }
        if (isAllowed && !isMember) {
            refuseBorrowedSession(fetch.request());
        }
        if (!isAllowed) {
            refuseForeign(fetch);
        }
        if (fetch.isPreflight() && fetch.origin().isPresent()) {
            answerPreflight(fetch.request().response());
        } else {
            next.handle(fetch.request());
        }
    }

    /** Another port of this host is the same site for cookies. So the browser may send the one of the console. */
    private void refuseBorrowedSession(HttpServerRequest request) {
        if (SessionCookie.isIn(request)) {
            throw control.foreign(
                    request,
                    "a page of allowedOrigins may not use the session of the console; it sends Authorization: Bearer"
                            + " TOKEN, and no cookie. Nothing was applied");
        }
    }

    private void refuseForeign(BrowserRequest fetch) {
        if (fetch.isForeign() && !fetch.opensConsole()) {
            throw foreign(
                    fetch,
                    "a page of another site may not use this node (Sec-Fetch-Site: "
                            + LogText.of(fetch.site().orElseThrow()) + ")",
                    "; a link to the console, /, is allowed");
        }
        boolean isForeignOrigin = fetch.origin().isPresent() && !fetch.isOfThisHost();
        if (isForeignOrigin && !BrowserRequest.changesNothing(fetch.request())) {
            throw foreign(
                    fetch,
                    "a page from " + LogText.of(fetch.origin().orElseThrow()) + " may not change anything here",
                    "");
        }
    }

    private BadRequest foreign(BrowserRequest fetch, String what, String more) {
        return control.foreign(
                fetch.request(),
                what + "; pages of this node and from " + origins.names()
                        + " may: the options httpHost and httpPort of members have these, and allowedOrigins has"
                        + " others" + more
                        + ". Nothing was applied");
    }

    private BadRequest partOfPage(BrowserRequest fetch) {
        return control.foreign(
                fetch.request(),
                "no page may have this as a part of it (Sec-Fetch-Dest: "
                        + LogText.of(fetch.destination().orElseThrow())
                        + "); a page may open it, or ask for it by a script of its own. Nothing was applied");
    }

    /** The answer to a foreign page has no such header. Its browser takes that for a no. */
    private static void answerPreflight(HttpServerResponse response) {
        if (response.headers().contains("Access-Control-Allow-Origin")) {
            response.putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
                    .putHeader("Access-Control-Max-Age", PREFLIGHT_HOLDS_S);
        }
        response.setStatusCode(204).end();
    }
}
