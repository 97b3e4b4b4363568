package io.quorate.deploy.client.http;

import java.io.IOException;

/** The server closed the connection, or sent something else than an answer of HTTP. */
public final class NoHttpException extends IOException {
    private static final long serialVersionUID = 1L;

    NoHttpException(String message, IOException cause) {
        super(message, cause);
    }
}
