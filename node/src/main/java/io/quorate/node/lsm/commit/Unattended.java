package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;

/** Of a write that may be lost. The store says itself what is wrong with it. */
public enum Unattended implements Completion {
    INSTANCE;

    @Override
    public void applied() {}

    @Override
    public void refused(RefusedException why) {}

    @Override
    public void unknown(UnknownOutcomeException why) {}
}
