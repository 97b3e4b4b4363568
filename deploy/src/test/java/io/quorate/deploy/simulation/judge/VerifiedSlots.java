package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * I13, the part about passes: if a pass says that a slot is verified, every replica with a vote holds what any member
 * held when the pass began, or newer.
 */
final class VerifiedSlots extends Invariant {
    private final Map<Pass, Map<Key, Version>> atBegin = new HashMap<>();

    private record Pass(long number, long startedMs) {
        static Pass of(PassProgress progress) {
            return new Pass(progress.number(), progress.startedMs());
        }
    }

    private final Set<PassProgress> ends = new HashSet<>();
    private final KnownStates known;
    private final ForgottenKeys forgotten;

    VerifiedSlots(Violations violations, KnownStates known, ForgottenKeys forgotten) {
        super(13, violations);
        this.known = known;
        this.forgotten = forgotten;
    }

    boolean isNew(PassProgress pass) {
        return !atBegin.containsKey(Pass.of(pass));
    }

    /** @param newest the highest version of each key, over all members that run */
    void began(PassProgress pass, Map<Key, Version> newest) {
        atBegin.put(Pass.of(pass), newest);
    }

    /** Whether no member was told before that the pass ended so. */
    boolean ends(PassProgress pass) {
        return ends.add(pass);
    }

    /**
     * A pass is over.
     *
     * @param node has a vote
     * @param readsAll whether to read what is known of the replica, too
     * @param held reads what the replica holds
     */
    void ended(PassProgress pass, int node, boolean readsAll, Function<Key, Version> held) {
        atBegin.getOrDefault(Pass.of(pass), Map.of()).forEach((key, version) -> {
            boolean isKnown = !version.isAfter(known.of(new Copy(node, key)).register());
            if ((readsAll || !isKnown) && pass.verified().contains(Slots.of(key))) {
                holds(pass, new Copy(node, key), version, held.apply(key));
            }
        });
    }

    private void holds(PassProgress pass, Copy copy, Version atBegin, Version held) {
        boolean isAbsent = held.equals(Version.ZERO) && forgotten.mayBeAbsent(copy.key(), atBegin);
        if (atBegin.isAfter(held) && !isAbsent) {
            violated("pass " + pass.number() + " verified the slot of " + copy.key() + ", and " + copy
                    + " does not hold " + atBegin);
        }
    }
}
