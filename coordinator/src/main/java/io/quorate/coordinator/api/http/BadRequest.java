package io.quorate.coordinator.api.http;

/** A request is wrong. The status and the message say how, to its sender. Nothing was applied. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public BadRequest(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
