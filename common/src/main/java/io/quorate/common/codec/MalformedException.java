package io.quorate.common.codec;

/** Bytes break their format: too short, out of range, or of an unknown kind. Nothing was applied. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
