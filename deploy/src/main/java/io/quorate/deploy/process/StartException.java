package io.quorate.deploy.process;

/** A server cannot start with its configuration. The message says why. Nothing was changed. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
