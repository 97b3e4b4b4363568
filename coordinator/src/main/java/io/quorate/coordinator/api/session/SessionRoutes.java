package io.quorate.coordinator.api.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.CredentialKind;
import io.quorate.coordinator.api.access.Login;
import io.quorate.coordinator.api.access.Requirement.Anonymous;
import io.quorate.coordinator.api.access.Requirement.AnyPrincipal;
import io.quorate.coordinator.api.access.SessionCookie;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.RequestContent;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v1/session}: log in, who one is, log out. Safe for use by all event loops. */
public final class SessionRoutes implements HttpEndpoint {
    private static final String PATH = "/v1/session";

    private final NodeId node;
    private final Login login;
    private final FailedLogins failed;

    /** @param node this process */
    public SessionRoutes(NodeId node, AccessControl control, Clock clock) {
        this.node = node;
        this.login = new Login(control, clock);
        this.failed = new FailedLogins(clock);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.GET, PATH, new AnyPrincipal(), RequestContent.NONE, this::show),
                Route.of(HttpMethod.POST, PATH, new Anonymous(), RequestContent.JSON, this::logIn),
                Route.of(HttpMethod.DELETE, PATH, new Anonymous(), RequestContent.NONE, this::logOut));
    }

    private void show(HttpServerRequest request, String noVariable, AccessCaller caller) {
        refuseParameters(request);
        String by = login.isNeeded() ? CredentialKind.of(request).word() : "nothing";
        send(request, caller, by, login.endsAtMs(request));
    }

    private void logIn(HttpServerRequest request) {
        refuseParameters(request);
        LoginBody.read(request, token -> admit(request, token));
    }

    private void admit(HttpServerRequest request, String token) {
        if (!login.isNeeded()) {
            throw new BadRequest(
                    409, "this process has no accessFile, so nobody has to log in to it. Nothing was applied");
        }
        String address = request.remoteAddress().hostAddress();
        long waitS = failed.waitS(address);
        if (waitS > 0) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(waitS));
            throw login.tooMany(request, waitS);
        }
        Login.Session session = attempt(request, address, token);
        SessionCookie.put(request.response(), session.cookie());
        send(request, session.caller(), CredentialKind.SESSION.word(), Optional.of(session.endsAtMs()));
    }

    private Login.Session attempt(HttpServerRequest request, String address, String token) {
        try {
            return login.logIn(token, request);
        } catch (BadRequest unknown) {
            failed.add(address);
            throw unknown;
        }
    }

    private void logOut(HttpServerRequest request) {
        refuseParameters(request);
        login.logOut(request);
        SessionCookie.remove(request.response());
        request.response().setStatusCode(204).end();
    }

    private static void refuseParameters(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
    }

    private void send(HttpServerRequest request, AccessCaller caller, String by, Optional<Long> endsAtMs) {
        ObjectNode body = Json.object()
                .put("coordinator", node.name())
                .put("name", caller.name())
                .put("by", by);
        ArrayNode grants = body.putArray("grants");
        caller.grants().forEach(grants::add);
        endsAtMs.ifPresent(at -> body.put("endsAt", Instant.ofEpochMilli(at).toString()));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.bytes(body));
    }
}
