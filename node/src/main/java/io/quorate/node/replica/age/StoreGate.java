package io.quorate.node.replica.age;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.node.lsm.failure.RefusedException;
import java.util.Optional;

/**
 * Which STOREs the numbers of a replica admit, whatever the register is (R1, R2). The log thread asks, just before the
 * record is written. A STORE that is not admitted takes its turn with its key, where the register decides too.
 */
public final class StoreGate {
    /** The record is not written at this place of the log. */
    public static final Optional<RefusedException> NOT_ADMITTED = Optional.of(new RefusedException(
            RefusedException.RefusedBecause.NOT_ADMITTED,
            "too late, below the fence, or older than what is forgotten"));

    private final Ages ages;

    public StoreGate(Ages ages) {
        this.ages = ages;
    }

    /** Why the store must not write the record at this place of its log. Empty if it may. */
    public Optional<RefusedException> refusalOf(StoreRequest store) {
        return admits(store) ? Optional.empty() : NOT_ADMITTED;
    }

    public boolean admits(StoreRequest store) {
        return store.evidenceAge().isPresent()
                ? admitsRepair(store)
                : isAboveFence(store.record().version());
    }

    private boolean isAboveFence(Version version) {
        return ages.fence() == 0 || version.isAfter(Version.ofInstant(ages.fence()));
    }

    /** Evidence that is no older than this replica would show a tombstone that any replica has forgotten. */
    private boolean admitsRepair(StoreRequest store) {
        return store.evidenceAge().getAsLong() >= ages.age()
                || store.record().version().isAfter(Version.ofInstant(ages.floorOf(store.key())));
    }
}
