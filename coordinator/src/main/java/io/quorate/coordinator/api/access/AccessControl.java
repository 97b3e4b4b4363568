package io.quorate.coordinator.api.access;

import io.quorate.common.model.ClusterId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The rules that a process keeps to now. New ones hold for the next request. Safe for use by several threads. */
public final class AccessControl {
    private final Optional<ClusterId> cluster;
    private final AccessAudit audit;
    private final LongAdder unauthenticated = new LongAdder();
    private final LongAdder forbidden = new LongAdder();
    private volatile AccessRules rules;

    private AccessControl(Optional<ClusterId> cluster, AccessRules rules, AccessAudit audit) {
        this.cluster = cluster;
        this.rules = rules;
        this.audit = audit;
    }

    /** Of a process without rules: everybody may do everything. */
    public static AccessControl none() {
        return new AccessControl(Optional.empty(), new AccessRules(List.of()), AccessAudit.NONE);
    }

    /** @param cluster whose clients may come with a certificate */
    public static AccessControl of(ClusterId cluster, AccessRules rules, AccessAudit audit) {
        return new AccessControl(Optional.of(cluster), rules, audit);
    }

    /** Whether there are rules. */
    public boolean isOn() {
        return cluster.isPresent();
    }

    public void use(AccessRules fresh) {
        rules = fresh;
    }

    AccessRules rules() {
        return rules;
    }

    boolean isOf(ClusterId named) {
        return cluster.filter(named::equals).isPresent();
    }

    AccessAudit audit() {
        return audit;
    }

    void countUnauthenticated() {
        unauthenticated.increment();
    }

    void countForbidden() {
        forbidden.increment();
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
