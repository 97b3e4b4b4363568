package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;

/**
 * The outcome of a write. The store calls exactly one of these methods, once. It calls on the log thread, or on the
 * caller's own thread, before the call returns, if it refuses the write before it queues it. The methods must neither
 * block nor throw: a throw stops the store. What they change is seen by {@link LogAdmission} for the next group.
 */
public interface Completion {
    /** The register is at least as new as the record, durably, and readers see it. */
    void applied();

    /** Nothing was applied and nothing will be. */
    void refused(RefusedException why);

    /** It may show after the next start, or not. */
    void unknown(UnknownOutcomeException why);
}
