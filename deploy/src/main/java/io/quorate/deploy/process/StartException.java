package io.quorate.deploy.process;

/** A server that cannot start as it was told to; the message says what is in the way. Nothing was changed. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
