package io.quorate.node.lsm.failure;

/** The operation was not applied and never will be. It may be tried again once the reason is gone. */
public final class RefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Why. Callers answer differently for each reason. */
    public enum RefusedBecause {
        /** The disk is full. This ends by itself once there is space. */
        DISK_FULL,
        /** The process has no free file descriptor. This ends by itself once there is one. */
        OUT_OF_DESCRIPTORS,
        /** Too many bytes wait already. This ends by itself. */
        OVERLOADED,
        /** The store is closed or closing. */
        CLOSING,
        /** The write is longer than this store takes. This does not change. */
        TOO_LARGE,
        /** The caller's own {@code LogAdmission} refused it at its place in the log. */
        NOT_ADMITTED,
        /** The store has failed, and the process is about to halt. */
        STOPPED
    }

    private final RefusedBecause reason;

    public RefusedException(RefusedBecause reason, String message) {
        this(reason, message, null);
    }

    public RefusedException(RefusedBecause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public RefusedBecause reason() {
        return reason;
    }

    @Override
    public <T> T match(FailureCases<T> cases) {
        return cases.refused(this);
    }
}
