package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * I14: a replica that acknowledged a record, and knows who missed it, keeps a hint until that one has the version or a
 * newer one. Crashes do not change that. A replica with too many hints shows that instead. A replica that lost its disk
 * keeps nothing, and is owed nothing.
 */
final class I14MissedWritesAreNoted extends Invariant {
    private final KnownStates known;
    private final Map<Integer, Map<Copy, Version>> owed = new HashMap<>();
    private final Set<Integer> wiped = new HashSet<>();

    I14MissedWritesAreNoted(Violations violations, KnownStates known) {
        super(14, violations);
        this.known = known;
    }

    /** A replica says that it knows which member missed what. */
    void noted(int keeper, int target, Hint hint) {
        if (keeper != target) {
            owed.computeIfAbsent(keeper, any -> new HashMap<>())
                    .merge(new Copy(target, hint.key()), hint.version(), Version::max);
        }
    }

    /** The replica lost its disk. */
    void wiped(int node) {
        wiped.add(node);
        owed.remove(node);
    }

    void keeps(int keeper, KeptHints kept) {
        Map<Copy, Version> own = owed.getOrDefault(keeper, Map.of());
        own.entrySet()
                .removeIf(each -> wiped.contains(each.getKey().node()) || isThere(each.getKey(), each.getValue()));
        own.forEach((copy, version) -> {
            boolean waits = kept.waits(copy.node(), copy.key(), version).orElse(true);
            if (!waits && !kept.isOverflowed(copy.node()).orElse(true)) {
                violated("node " + keeper + " keeps no hint that " + copy + " missed " + version);
            }
        });
    }

    private boolean isThere(Copy copy, Version version) {
        return !version.isAfter(known.of(copy).register());
    }
}
