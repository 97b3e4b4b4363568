package io.quorate.coordinator.api.access;

import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * Judges each request before its handler runs: who sends it, and whether that principal may. A request with a token is
 * judged by the token alone, even if it also has a certificate. So is one with the cookie of a session. Without rules
 * this allocates nothing.
 *
 * <p>Thread: the fields belong to one event loop.
 */
public final class AccessCheck {
    private static final String SCHEME = "Bearer ";

    private final AccessControl control;
    private final MessageDigest sha256 = TokenDigest.sha256();
    private final Login login;

    public AccessCheck(AccessControl control) {
        this(control, SystemClock.INSTANCE);
    }

    /** @param clock ends sessions */
    public AccessCheck(AccessControl control, Clock clock) {
        this.control = control;
        this.login = new Login(control, clock);
    }

    /** A check that everybody passes. */
    public static AccessCheck none() {
        return new AccessCheck(AccessControl.none());
    }

    /**
     * @param variable the part of the path in place of the template's variable, still percent-encoded
     * @throws BadRequest if the caller is not known, or may not send the request
     */
    public AccessCaller admit(Requirement needed, HttpServerRequest request, String variable) {
        if (!control.isOn()) {
            return AccessCaller.ANYBODY;
        }
        if (needed.isAnonymous()) {
            return AccessCaller.STRANGER;
        }
        AccessCaller caller = recognise(request).orElseThrow(() -> unknown(request));
        needed.check(caller, request, variable);
        if (needed.kind() != AuditedKind.READ && control.audit().wants(needed.kind())) {
            control.audit().admitted(needed.kind(), caller.name(), request, needed.key(request, variable));
        }
        return caller;
    }

    /** One text for no credentials and for wrong ones. */
    private BadRequest unknown(HttpServerRequest request) {
        if (CredentialKind.of(request) == CredentialKind.CERTIFICATE
                && certificate(request).filter(ClientCertificate::hasEnded).isPresent()) {
            AnswerHeaders.endConnectionAfter(request);
            return control.unauthenticated(
                    Optional.empty(),
                    request,
                    "the client certificate of this connection has expired, or no authority vouches for it any more");
        }
        return control.unauthenticated(
                Optional.empty(),
                request,
                "this needs a valid token (Authorization: Bearer TOKEN) or a client certificate of a principal");
    }

    private Optional<AccessCaller> recognise(HttpServerRequest request) {
        return switch (CredentialKind.of(request)) {
            case TOKEN -> byHeader(request.headers().getAll(HttpHeaders.AUTHORIZATION));
            case SESSION -> login.sessionOf(request);
            case CERTIFICATE -> certificate(request).flatMap(shown -> byCertificate(shown, request));
        };
    }

    private Optional<AccessCaller> byCertificate(ClientCertificate shown, HttpServerRequest request) {
        Optional<AccessCaller> caller = AccessCaller.of(control, shown::in);
        if (caller.isPresent() && shown.endsSoon()) {
            AnswerHeaders.endConnectionAfter(request);
        }
        return caller;
    }

    private Optional<AccessCaller> byHeader(List<String> given) {
        return given.size() == 1 && given.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? byToken(given.get(0).substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Optional<AccessCaller> byToken(String token) {
        TokenDigest digest = TokenDigest.of(token, sha256);
        return AccessCaller.of(control, rules -> rules.holderOf(digest));
    }

    private Optional<ClientCertificate> certificate(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        return session == null ? Optional.empty() : Optional.of(control.certificate(session));
    }
}
