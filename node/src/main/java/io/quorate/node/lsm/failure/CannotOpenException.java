package io.quorate.node.lsm.failure;

/** A directory cannot be used as it is. Nothing in it was changed. Another start fails in the same way. */
public final class CannotOpenException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Why. Callers turn it into an exit code. */
    public enum OpenFailure {
        /** There is no directory, or no store in it. */
        MISSING,
        /** The directory holds something else, or belongs to another cluster or node. */
        FOREIGN,
        /** A later release wrote it. */
        NEWER,
        /** An unreleased version of the program wrote it. */
        OLDER,
        /** Another process uses it. */
        LOCKED
    }

    private final OpenFailure reason;

    public CannotOpenException(OpenFailure reason, String message) {
        super(message, null);
        this.reason = reason;
    }

    public OpenFailure reason() {
        return reason;
    }

    @Override
    public <T> T match(FailureCases<T> cases) {
        return cases.cannotOpen(this);
    }
}
