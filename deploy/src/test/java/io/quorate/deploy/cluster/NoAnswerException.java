package io.quorate.deploy.cluster;

import java.net.ConnectException;

/** There was no answer: unless {@link #wasNeverSent}, the request may have been carried out all the same. */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(Throwable cause) {
        super(cause.toString(), cause);
    }

    /** True if there was no connection on which the request could have been sent. */
    public boolean wasNeverSent() {
        return getCause() instanceof ConnectException;
    }
}
