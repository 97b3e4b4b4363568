package io.quorate.node.lsm.failure;

/** The operation was surely not applied and never will be. It may be tried again once the reason is gone. */
public final class RefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message, null);
    }

    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
