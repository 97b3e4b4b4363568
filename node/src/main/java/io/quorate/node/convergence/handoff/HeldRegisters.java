package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.replica.state.KeyStates;
import java.util.ArrayList;
import java.util.List;

/** Reads the registers that are sent to members that missed them. May block on the disk. */
public final class HeldRegisters {
    private static final int BYTES_MAX = 1 << 20;

    private final KeyStates states;

    public HeldRegisters(KeyStates states) {
        this.states = states;
    }

    /**
     * What was found for some hints.
     *
     * @param hints those whose registers were read
     * @param registers of these hints, in the same order
     * @param unheld hints whose versions this replica does not hold. Somebody was wrong about it
     * @param forgotten hints of keys that were deleted on all replicas, and forgotten here
     * @param rest the hints that were not looked at yet
     */
    record Found(
            List<Hint> hints, List<StoreRequest> registers, List<Hint> unheld, List<Hint> forgotten, List<Hint> rest) {}

    /**
     * The registers of the first keys as they are now, about as many as fit into a mebibyte.
     *
     * @param wanted in ascending order of their keys
     * @throws StoreException if one cannot be read
     */
    Found read(List<Hint> wanted) {
        List<Hint> hints = new ArrayList<>();
        List<StoreRequest> registers = new ArrayList<>();
        List<Hint> unheld = new ArrayList<>();
        List<Hint> forgotten = new ArrayList<>();
        long age = states.ages().age(); // before the registers (C3)
        int looked = 0;
        try (SortedReads reads = new SortedReads(states.store())) {
            for (long bytes = 0; looked < wanted.size() && bytes < BYTES_MAX; looked++) {
                Hint hint = wanted.get(looked);
                Record register = reads.get(hint.key());
                if (isForgotten(hint, register)) {
                    forgotten.add(hint);
                } else if (hint.version().isAfter(register.version())) {
                    unheld.add(hint);
                } else {
                    StoreRequest store = StoreRequest.repair(hint.key(), register, age);
                    hints.add(hint);
                    registers.add(store);
                    bytes += store.contentBytes();
                }
            }
        } catch (StoreException e) {
            states.rejection(e); // damage ends the right to vote
            throw e;
        }
        return new Found(hints, registers, unheld, forgotten, wanted.subList(looked, wanted.size()));
    }

    /** All replicas had the tombstone before any forgot it. So the target needs no older record. */
    private boolean isForgotten(Hint hint, Record register) {
        boolean isAbsent = register.isForgotten() || register.version().equals(Version.ZERO);
        return isAbsent
                && !hint.version().isAfter(Version.ofInstant(states.ages().floorOf(hint.key())));
    }

    /** A target knows of a later round of forgetting. From then on, what is read here is no older evidence. */
    void follow(long age) {
        states.ages().raiseAgeSoon(age);
    }
}
