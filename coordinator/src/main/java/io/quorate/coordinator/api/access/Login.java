package io.quorate.coordinator.api.access;

import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets browsers log in with a token. Nothing is remembered here: a {@link SealedToken} is the whole session. Each
 * request of it is judged by the rules of its moment. Safe for use by several threads.
 */
public final class Login {
    /** A session ends after this time, however much it is used. */
    public static final long LASTS_MS = TimeUnit.HOURS.toMillis(12);

    private final AccessControl control;
    private final Clock clock;

    public Login(AccessControl control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /**
     * A browser that is logged in.
     *
     * @param cookie its value
     */
    public record Session(AccessCaller caller, String cookie, long endsAtMs) {}

    /** Whether there are rules. Otherwise nobody has to log in. */
    public boolean isNeeded() {
        return control.isOn();
    }

    /** @throws BadRequest if no principal has this token */
    public Session logIn(String token, HttpServerRequest request) {
        TokenDigest digest = TokenDigest.of(token);
        AccessCaller caller =
                AccessCaller.of(control, rules -> rules.holderOf(digest)).orElseThrow(() -> refused(request));
        audit(AuditedKind.LOGIN, caller, request);
        long endsAtMs = clock.wallMs() + LASTS_MS;
        return new Session(caller, SealedToken.seal(token, endsAtMs), endsAtMs);
    }

    private BadRequest refused(HttpServerRequest request) {
        return control.unauthenticated(
                Optional.empty(),
                request,
                "no principal has this token. It may be mistyped or revoked, or too new: a process reads its access file"
                        + " every few seconds");
    }

    /** The refusal of a login before its token is looked at. The audit has it. */
    public BadRequest tooMany(HttpServerRequest request, long waitS) {
        return control.tooManyLogins(
                request, "too many logins from this address failed; try again in " + waitS + " s. Nothing was applied");
    }

    /** Reports that a browser gives up its session. A copy of the cookie would still be good until its end. */
    public void logOut(HttpServerRequest request) {
        if (SessionCookie.isIn(request)) {
            sessionOf(request).ifPresent(session -> audit(AuditedKind.LOGOUT, session, request));
        }
    }

    private void audit(AuditedKind kind, AccessCaller caller, HttpServerRequest request) {
        if (control.audit().wants(kind)) {
            control.audit().admitted(kind, caller.name(), request, Optional.empty());
        }
    }

    /** The caller behind the cookie of a request. Empty if its session has ended, or its token was revoked. */
    Optional<AccessCaller> sessionOf(HttpServerRequest request) {
        return open(request)
                .flatMap(kept -> AccessCaller.of(
                        control,
                        rules -> clock.wallMs() < kept.endsAtMs() ? rules.holderOf(kept.digest()) : Optional.empty()));
    }

    /** When the session of a request ends. Empty if the request has none. */
    public Optional<Long> endsAtMs(HttpServerRequest request) {
        return CredentialKind.of(request) == CredentialKind.SESSION
                ? open(request).map(SealedToken::endsAtMs)
                : Optional.empty();
    }

    private Optional<SealedToken> open(HttpServerRequest request) {
        return SealedToken.open(SessionCookie.valueOf(request), control.rules(), clock.wallMs());
    }
}
