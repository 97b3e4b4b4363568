package io.quorate.node.lsm.failure;

/** A directory that cannot be used as it is; nothing in it was changed. Starting again gives the same answer. */
public final class CannotOpenException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Why, for callers that turn it into an exit code. */
    public enum OpenFailure {
        /** There is no directory, or no store in it. */
        MISSING,
        /** It holds something else, or belongs to another cluster or node. */
        FOREIGN,
        /** A later release wrote it. */
        NEWER,
        /** A state of the program from before its first release wrote it. */
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
}
