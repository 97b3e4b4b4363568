package io.quorate.node.lsm.failure;

/**
 * Every failure that a store reports. The message says what failed, where, what was applied, and what to do. A caller
 * decides by {@link #match} and forgets no case.
 */
public abstract sealed class StoreException extends RuntimeException
        permits CannotOpenException, CorruptException, DiskFailedException, RefusedException, UnknownOutcomeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public abstract <T> T match(FailureCases<T> cases);

    /** One method for each case. A new case does not compile until every caller has decided about it. */
    public interface FailureCases<T> {
        T cannotOpen(CannotOpenException failure);

        T corrupt(CorruptException damage);

        T diskFailed(DiskFailedException failure);

        T refused(RefusedException refusal);

        T unknownOutcome(UnknownOutcomeException unknown);
    }
}
