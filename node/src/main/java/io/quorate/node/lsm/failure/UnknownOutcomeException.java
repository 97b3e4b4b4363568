package io.quorate.node.lsm.failure;

/** The operation may or may not show after the next start: it was being written when the store stopped. */
public final class UnknownOutcomeException extends StoreException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
