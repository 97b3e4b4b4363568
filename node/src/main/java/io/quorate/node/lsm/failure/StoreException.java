package io.quorate.node.lsm.failure;

/** Every failure that a store reports. The message says what failed, where, what was applied, and what to do. */
public abstract sealed class StoreException extends RuntimeException
        permits CannotOpenException, CorruptException, DiskFailedException, RefusedException, UnknownOutcomeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
