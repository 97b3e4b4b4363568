package io.quorate.node.convergence.antientropy;

import io.quorate.common.model.Key;

/** Finishes what is open for a key: the seam to the coordinator of this process. Used on one event loop only. */
public interface Settlement {
    /**
     * Reads the key linearizably. That finishes an unfinished conditional write, and ends the life of an expired value.
     * It also makes all members forget a proposal that was not chosen.
     *
     * @param settled runs once, also if the read failed
     */
    void settle(Key key, Runnable settled);

    /** Whether clients wait for their turn now, so that fewer keys should be settled at the same time. */
    default boolean clientsWait() {
        return false;
    }
}
