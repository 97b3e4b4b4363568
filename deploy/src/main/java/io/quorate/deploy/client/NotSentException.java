package io.quorate.deploy.client;

import java.io.IOException;

/** A connection was not opened, so the endpoint has seen nothing of the request. */
final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(IOException cause) {
        super(cause);
    }
}
