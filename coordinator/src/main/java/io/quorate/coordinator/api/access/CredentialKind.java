package io.quorate.coordinator.api.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** How a request says who sends it. A request is judged by one of them alone, the first of this list that it has. */
public enum CredentialKind {
    /** {@code Authorization: Bearer TOKEN}. */
    TOKEN("token"),
    /** The cookie of a browser that logged in with a token. */
    SESSION("session"),
    /** A client certificate, or none. */
    CERTIFICATE("certificate");

    private final String word;

    CredentialKind(String word) {
        this.word = word;
    }

    public static CredentialKind of(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.AUTHORIZATION)) {
            return TOKEN;
        }
        return SessionCookie.isIn(request) ? SESSION : CERTIFICATE;
    }

    /** As {@code openapi.yaml} has it. */
    public String word() {
        return word;
    }
}
