package io.quorate.coordinator.api.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Names of HTTP status codes. */
final class HttpStatus {
    private HttpStatus() {}

    static String title(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
