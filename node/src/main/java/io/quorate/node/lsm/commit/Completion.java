package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;

/**
 * What becomes of a write: exactly one of these is called, once; on the log thread, or on the caller's own before the
 * call returns if the write was refused at the door. They must neither block nor throw: a throw stops the store.
 */
public interface Completion {
    /** The register is at least as new as the record, durably, and readers see it. */
    void applied();

    /** Nothing was applied and nothing will be. */
    void refused(RefusedException why);

    /** It may show after the next start, or not. */
    void unknown(UnknownOutcomeException why);
}
