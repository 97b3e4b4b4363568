package io.quorate.coordinator.api.access;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The principal behind a request, by the rules of the moment at which it was asked for. Immutable. */
public final class AccessCaller {
    /** Where there are no rules. */
    public static final AccessCaller ANYBODY =
            new AccessCaller(AccessControl.none(), Principal.ANYBODY, rules -> Optional.of(Principal.ANYBODY));

    /** Behind a request that everybody may send. */
    static final AccessCaller STRANGER =
            new AccessCaller(AccessControl.none(), Principal.STRANGER, rules -> Optional.of(Principal.STRANGER));

    private final AccessControl control;
    private final Principal principal;
    private final Function<AccessRules, Optional<Principal>> lookUp;

    private AccessCaller(
            AccessControl control, Principal principal, Function<AccessRules, Optional<Principal>> lookUp) {
        this.control = control;
        this.principal = principal;
        this.lookUp = lookUp;
    }

    /** @param lookUp finds the principal in any rules, by what proves it. Empty if it is not in those of now */
    static Optional<AccessCaller> of(AccessControl control, Function<AccessRules, Optional<Principal>> lookUp) {
        return lookUp.apply(control.rules()).map(principal -> new AccessCaller(control, principal, lookUp));
    }

    public String name() {
        return principal.name();
    }

    /** Its grants, as an access file spells them. */
    public List<String> grants() {
        return principal.grantTexts();
    }

    /**
     * The same caller by the rules of now. Empty if its token or name was revoked, or its certificate holds no more.
     * For answers that take long.
     */
    public Optional<AccessCaller> renewed() {
        Optional<Principal> now = lookUp.apply(control.rules());
        return now.isPresent() && now.get() == principal
                ? Optional.of(this)
                : now.map(changed -> new AccessCaller(control, changed, lookUp));
    }

    /** @throws BadRequest if its credentials were taken back since its request began */
    AccessCaller now(HttpServerRequest request) {
        return renewed()
                .orElseThrow(() -> control.unauthenticated(
                        Optional.of(name()), request, "the credentials were taken back while the body arrived"));
    }

    /**
     * Distinguishes the requests of this principal from those of others that have the same idempotency key. Empty where
     * there are no rules.
     */
    public String mark() {
        return control.isOn() ? name() : "";
    }

    public boolean mayAct(AccessRole role) {
        return principal.mayAct(role);
    }

    /** Whether it may learn all that is known of a key. */
    public boolean mayRead(Key key) {
        return principal.may(AccessRole.READ, key);
    }

    /** Whether it may learn all that is known of each key of a range. */
    public boolean mayRead(KeyRange keys) {
        return principal.may(AccessRole.READ, keys);
    }

    /** Whether it may do this with every key. */
    boolean mayAll(AccessRole role) {
        return principal.may(role, KeyRange.ALL);
    }

    /** @throws BadRequest if it may not */
    void requireAct(AccessRole role, HttpServerRequest request) {
        if (!mayAct(role)) {
            throw forbidden(request, role.word(), Optional.empty());
        }
    }

    /** @throws BadRequest if it may not */
    public void require(AccessRole role, Key key, HttpServerRequest request) {
        if (!principal.may(role, key)) {
            throw forbidden(request, new Grant(role, KeyPrefix.of(key)) + " or a shorter prefix", Optional.of(key));
        }
    }

    /** @throws BadRequest if no single grant holds for all of the range */
    void require(AccessRole role, KeyRange keys, HttpServerRequest request) {
        if (!principal.may(role, keys)) {
            KeyPrefix around = KeyPrefix.around(keys);
            throw forbidden(
                    request,
                    new Grant(role, around) + (around.isAll() ? " without a prefix" : " or a shorter prefix"),
                    keys.start());
        }
    }

    private BadRequest forbidden(HttpServerRequest request, String needed, Optional<Key> key) {
        String detail = name() + " needs the grant " + needed + ", and has " + principal.grantsText();
        return control.forbidden(name(), request, key, detail);
    }

    /** Reports to the audit what the body of an operation says. It is carried out next. */
    public void ordered(String order, HttpServerRequest request) {
        control.audit().ordered(name(), request, order);
    }

    /** Reports a write within a batch to the audit. */
    public void wrote(Key key, HttpServerRequest request) {
        if (control.audit().wants(AuditedKind.WRITE)) {
            control.audit().admitted(AuditedKind.WRITE, name(), request, Optional.of(key));
        }
    }
}
