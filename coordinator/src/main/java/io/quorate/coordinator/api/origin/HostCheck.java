package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.http.RequestTarget;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses a request for a host that is no name of this process. Health is exempt: a load balancer asks for it by any
 * name, and a page learns nothing from it. A request without a host passes. Only HTTP/1.0 has such requests, and
 * browsers do not speak that.
 *
 * <p>Thread: the fields belong to one event loop.
 */
final class HostCheck implements Handler<HttpServerRequest> {
    private static final String HEALTH = "/health/";

    private final HostNames names;
    private final Handler<HttpServerRequest> next;
    private final AccessControl control;
    /** Most clients of an event loop use the same one. */
    private String lastAllowed = "localhost";

    HostCheck(HostNames names, Handler<HttpServerRequest> next, AccessControl control) {
        this.names = names;
        this.next = next;
        this.control = control;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String host = request.headers().get(HttpHeaders.HOST);
        if (host != null) {
            check(host, request);
        }
        if (!request.uri().startsWith("/")) {
            checkTarget(request);
        }
        next.handle(request);
    }

    /** A URI in the request line has a host of its own, and goes before {@code Host}: RFC 9112, section 3.2.2. */
    private void checkTarget(HttpServerRequest request) {
        RequestTarget target = RequestTarget.of(request);
        if (!target.isWholeServer()) {
            check(target.authority(), request);
        }
    }

    private void check(String host, HttpServerRequest request) {
        if (host.equals(lastAllowed)) {
            return;
        }
        if (names.allow(host)) {
            lastAllowed = host;
        } else if (!RequestTarget.of(request).path().startsWith(HEALTH)) {
            throw control.foreign(
                    request,
                    "the request is for the host '" + host
                            + "', which is no name of this process; allowed: IP addresses, localhost, the hosts of"
                            + " members and the names in its option httpNames, with any port. Nothing was applied");
        }
    }
}
