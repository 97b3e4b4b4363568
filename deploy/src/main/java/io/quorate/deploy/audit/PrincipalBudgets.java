package io.quorate.deploy.audit;

import io.quorate.common.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A {@link CallerBudget} for each principal, so that none of them fills a file. Safe for use by several threads. */
final class PrincipalBudgets {
    static final int PER_S = 1;

    /** Names are of an access file, so nobody can make up as many. */
    private static final int NAMES_MAX = 4_096;

    private final Clock clock;

    /** The principal that was here least recently is first. Guarded by this object. */
    private final Map<String, CallerBudget> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CallerBudget> eldest) {
            return size() > NAMES_MAX;
        }
    };

    PrincipalBudgets(Clock clock) {
        this.clock = clock;
    }

    /** As {@link CallerBudget#take}. */
    synchronized OptionalLong take(String principal) {
        long nowNs = clock.monotonicNs();
        return byName.computeIfAbsent(principal, any -> new CallerBudget(PER_S, nowNs))
                .take(nowNs);
    }
}
