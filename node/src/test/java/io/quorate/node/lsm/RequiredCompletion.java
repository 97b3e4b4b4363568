package io.quorate.node.lsm;

import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;

/** Of a write that a test needs. If it is not applied, the test fails. */
public record RequiredCompletion(Runnable whenApplied) implements Completion {
    @Override
    public void applied() {
        whenApplied.run();
    }

    @Override
    public void refused(RefusedException why) {
        throw why;
    }

    @Override
    public void unknown(UnknownOutcomeException why) {
        throw why;
    }
}
