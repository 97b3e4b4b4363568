package io.quorate.node.lsm.failure;

/** The operation was surely not applied and never will be. It may be tried again once the reason is gone. */
public final class RefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Why, for callers that answer differently. */
    public enum RefusedBecause {
        /** There is no room on the disk; it goes away by itself once there is. */
        DISK_FULL,
        /** Too much waits already; it goes away by itself. */
        OVERLOADED,
        /** The store is closed or closing. */
        CLOSING,
        /** It is longer than this store takes; that stays so. */
        TOO_LARGE,
        /** The store has failed; the process is about to halt. */
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
}
