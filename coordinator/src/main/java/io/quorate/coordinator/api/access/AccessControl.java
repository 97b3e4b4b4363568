package io.quorate.coordinator.api.access;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSession;

/** The rules that a process keeps to now. New ones hold for the next request. Safe for use by several threads. */
public final class AccessControl {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final CharSequence AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer");

    private final Optional<ClusterId> cluster;
    private final AccessAudit audit;
    private final CertificateTrust trust;
    private final LongAdder unauthenticated = new LongAdder();
    private final LongAdder forbidden = new LongAdder();
    private volatile AccessRules rules;

    private AccessControl(Optional<ClusterId> cluster, AccessRules rules, AccessAudit audit, CertificateTrust trust) {
        this.cluster = cluster;
        this.rules = rules;
        this.audit = audit;
        this.trust = trust;
    }

    /** Of a process without rules: everybody may do everything. */
    public static AccessControl none() {
        return new AccessControl(Optional.empty(), new AccessRules(List.of()), AccessAudit.NONE, noCertificates());
    }

    /** Of a process whose clients have tokens alone. */
    public static AccessControl of(ClusterId cluster, AccessRules rules, AccessAudit audit) {
        return of(cluster, rules, audit, noCertificates());
    }

    /**
     * @param cluster whose clients may come with a certificate
     * @param trust judges their certificates at each request
     */
    public static AccessControl of(ClusterId cluster, AccessRules rules, AccessAudit audit, CertificateTrust trust) {
        return new AccessControl(Optional.of(cluster), rules, audit, trust);
    }

    private static CertificateTrust noCertificates() {
        return CertificateTrust.nobody(SystemClock.INSTANCE);
    }

    /** Whether there are rules. */
    public boolean isOn() {
        return cluster.isPresent();
    }

    /** The audit has what they change. Called by one thread at a time. */
    public void use(AccessRules fresh) {
        List<RulesChange> changes = RulesChange.between(rules, fresh);
        rules = fresh;
        changes.forEach(audit::changed);
    }

    AccessRules rules() {
        return rules;
    }

    ClientCertificate certificate(SSLSession session) {
        return ClientCertificate.of(session, cluster.orElseThrow(), trust);
    }

    AccessAudit audit() {
        return audit;
    }

    /**
     * The refusal of a request without credentials that hold. It counts, and the audit has it.
     *
     * @param principal that the credentials proved before, if they did
     */
    BadRequest unauthenticated(Optional<String> principal, HttpServerRequest request, String detail) {
        unauthenticated.increment();
        audit.denied(principal, request, UNAUTHORIZED, Optional.empty());
        request.response().putHeader(AUTHENTICATE, BEARER);
        return new BadRequest(UNAUTHORIZED, detail + ". Nothing was applied");
    }

    /**
     * The refusal of a request that its principal may not send. It counts, and the audit has it.
     *
     * @param key that it was refused for, if it was refused for one
     */
    BadRequest forbidden(String principal, HttpServerRequest request, Optional<Key> key, String detail) {
        forbidden.increment();
        audit.denied(Optional.of(principal), request, FORBIDDEN, key);
        return new BadRequest(FORBIDDEN, detail + ". Nothing was applied");
    }

    /**
     * The refusal of a request whose host is not ours, or that a page of another site sent. The audit has it.
     *
     * @param detail ends with what was applied
     */
    public BadRequest foreign(HttpServerRequest request, String detail) {
        audit.denied(Optional.empty(), request, FORBIDDEN, Optional.empty());
        return new BadRequest(FORBIDDEN, detail);
    }

    /**
     * The refusal of a login from an address where too many failed. The audit has it.
     *
     * @param detail ends with what was applied
     */
    BadRequest tooManyLogins(HttpServerRequest request, String detail) {
        audit.denied(Optional.empty(), request, TOO_MANY_REQUESTS, Optional.empty());
        return new BadRequest(TOO_MANY_REQUESTS, detail);
    }

    /** A request was answered since its head keeps no rules of HTTP. The audit has it. */
    public void malformed(HttpServerRequest answered) {
        audit.denied(Optional.empty(), answered, answered.response().getStatusCode(), Optional.empty());
    }

    /** A connection was closed before its first request, since there were too many. The audit has it. */
    public void crowded(String address) {
        audit.refused(address, "too many connections");
    }

    /** A connection to the peer port was closed, since its certificate is wrong. The audit has it. */
    public void refusedPeer(String address, String reason) {
        audit.refused(address, "peer port: " + reason);
    }

    /** Requests without credentials, or with wrong ones. */
    public long unauthenticated() {
        return unauthenticated.sum();
    }

    /** Requests of principals that may not do that. */
    public long forbidden() {
        return forbidden.sum();
    }
}
