package io.quorate.node.convergence;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
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
     * The registers of the first keys as they are now, about as many as fit into a mebibyte. At least one.
     *
     * @throws StoreException if one cannot be read
     */
    List<StoreRequest> read(List<Hint> hints) {
        List<StoreRequest> registers = new ArrayList<>();
        long bytes = 0;
        for (Hint hint : hints) {
            Record register = read(hint);
            registers.add(new StoreRequest(hint.key(), register));
            bytes += register.content() instanceof Value value ? value.bytes().length : 0;
            if (bytes >= BYTES_MAX) {
                break;
            }
        }
        return registers;
    }

    private Record read(Hint hint) {
        Record register;
        try {
            register = states.store().get(hint.key());
        } catch (StoreException e) {
            states.rejection(e); // damage ends the right to vote
            throw e;
        }
        if (hint.version().isAfter(register.version())) {
            throw new AssertionError("the register of a hint is older than the hint: " + register.version());
        }
        return register;
    }
}
