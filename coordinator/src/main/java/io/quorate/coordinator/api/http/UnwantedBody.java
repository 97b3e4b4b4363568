package io.quorate.coordinator.api.http;

import io.quorate.common.loop.LoopTurns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a body whose request is refused. It is read and dropped, up to {@value #BYTES_MAX} bytes, and the
 * connection ends behind it. If the connection ended at once, a client that writes before it reads would see a reset
 * instead of the answer.
 */
final class UnwantedBody {
    private static final long BYTES_MAX = 64L << 20;

    private final HttpServerRequest request;
    private long bytes;
    private boolean isRefused;

    UnwantedBody(HttpServerRequest request) {
        this.request = request;
    }

    /** To be called before the answer is sent, which says that the connection ends. */
    void refuse() {
        isRefused = true;
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
    }

    void drop(Buffer chunk) {
        LoopTurns.tookBody(true);
        bytes += chunk.length();
        if (bytes > BYTES_MAX) {
            request.connection().close();
        }
    }

    /** Vert.x closes a connection only by itself if the client asked for that. */
    void ended() {
        LoopTurns.tookBody(false);
        if (isRefused) {
            request.connection().close();
        }
    }
}
