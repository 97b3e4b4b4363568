package io.quorate.node.lsm.failure;

/** The store stopped while it wrote this operation. It may or may not show after the next start. */
public final class UnknownOutcomeException extends StoreException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public <T> T match(FailureCases<T> cases) {
        return cases.unknownOutcome(this);
    }
}
