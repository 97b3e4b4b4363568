package io.quorate.coordinator.api.access;

import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Judges each request before its handler runs: who sends it, and whether that principal may. A request with a token is
 * judged by the token alone, even if it also has a certificate. Without rules this allocates nothing.
 *
 * <p>Thread: the fields belong to one event loop.
 */
public final class AccessCheck {
    private static final int UNAUTHORIZED = 401;
    private static final String SCHEME = "Bearer ";
    private static final CharSequence AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer");

    /** Of a session of TLS: what its client's certificate says. A connection has many requests and one session. */
    private static final String NAMES = "quorate.names";

    private final AccessControl control;
    private final MessageDigest sha256 = TokenDigest.sha256();

    public AccessCheck(AccessControl control) {
        this.control = control;
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
        control.countUnauthenticated();
        control.audit().denied(Optional.empty(), request, UNAUTHORIZED, Optional.empty());
        request.response().putHeader(AUTHENTICATE, BEARER);
        return new BadRequest(
                UNAUTHORIZED,
                "this needs a valid token (Authorization: Bearer TOKEN) or a client certificate of a principal."
                        + " Nothing was applied");
    }

    private Optional<AccessCaller> recognise(HttpServerRequest request) {
        List<String> given = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (given.isEmpty()) {
            return byCertificate(request.sslSession());
        }
        return given.size() == 1 && given.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? byToken(given.get(0).substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Optional<AccessCaller> byToken(String token) {
        TokenDigest digest = TokenDigest.of(token, sha256);
        return AccessCaller.of(control, rules -> rules.holderOf(digest));
    }

    /** @param session null without TLS */
    private Optional<AccessCaller> byCertificate(SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        for (String name : names(session)) {
            Optional<AccessCaller> caller = AccessCaller.of(control, rules -> rules.named(name));
            if (caller.isPresent()) {
                return caller;
            }
        }
        return Optional.empty();
    }

    private List<String> names(SSLSession session) {
        Names known = (Names) session.getValue(NAMES);
        if (known == null) {
            known = new Names(read(session));
            session.putValue(NAMES, known);
        }
        return known.names();
    }

    private record Names(List<String> names) {}

    private List<String> read(SSLSession session) {
        try {
            X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
            return CertifiedName.allOf(own).stream()
                    .filter(name -> name.role() == CertifiedRole.CLIENT && control.isOf(name.cluster()))
                    .map(name -> name.name().name())
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it shows no certificate
        }
    }
}
