package io.quorate.coordinator.api.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Names of HTTP status codes. */
final class Status {
    private Status() {}

    static String title(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
