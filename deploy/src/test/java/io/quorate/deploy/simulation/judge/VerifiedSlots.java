package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;

/**
 * I13, the part about passes: if a pass says that a slot is verified, every replica with a vote holds what any replica
 * held when the pass began, or newer.
 */
final class VerifiedSlots extends Invariant {
    private final Map<Pass, Map<Key, Version>> atBegin = new HashMap<>();

    private record Pass(long number, long startedMs) {
        static Pass of(PassProgress progress) {
            return new Pass(progress.number(), progress.startedMs());
        }
    }

    private final ForgottenKeys forgotten;

    VerifiedSlots(Violations violations, ForgottenKeys forgotten) {
        super(13, violations);
        this.forgotten = forgotten;
    }

    boolean isNew(PassProgress pass) {
        return !atBegin.containsKey(Pass.of(pass));
    }

    /** @param newest the highest version of each key, over all replicas that run */
    void began(PassProgress pass, Map<Key, Version> newest) {
        atBegin.put(Pass.of(pass), newest);
    }

    /** @param held by a replica with a vote */
    void ended(PassProgress pass, NodeId replica, Map<Key, Version> held) {
        atBegin.getOrDefault(Pass.of(pass), Map.of()).forEach((key, version) -> {
            boolean isAbsent = held.getOrDefault(key, Version.ZERO).equals(Version.ZERO);
            boolean isBehind = version.isAfter(held.getOrDefault(key, Version.ZERO))
                    && !(isAbsent && forgotten.mayBeAbsent(key, version));
            if (isBehind && pass.verified().contains(Slots.of(key))) {
                violated("pass " + pass.number() + " verified the slot of " + key + ", and " + replica
                        + " does not hold " + version);
            }
        });
    }
}
