package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * Events for one browser, as {@code text/event-stream} of the HTML standard, section 9.2:
 *
 * <pre>
 * event: request
 * data: one line of JSON
 *
 * </pre>
 *
 * A browser that does not read loses events, so that they never fill our memory. If it reads none for long, it gets no
 * more.
 */
final class EventStream {
    static final int UNREAD_BYTES_MAX = 256 << 10;
    private static final int LOST_IN_A_ROW_MAX = 200;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private int lostInARow;

    EventStream(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
    }

    static byte[] event(String name, ObjectNode node) {
        String data = new String(Json.line(node), StandardCharsets.UTF_8);
        return ("event: " + name + "\ndata: " + data + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void start(byte[] hello) {
        response.setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.write("retry: 1000\n\n");
        send(hello);
    }

    /** False if the event is lost, since the browser has not read those before it. */
    boolean send(byte[] event) {
        if (response.closed() || response.writeQueueFull()) {
            lostInARow++;
            return false;
        }
        lostInARow = 0;
        response.write(Buffer.buffer(event));
        return true;
    }

    /** Whether the browser has not read for so long that it probably never will. */
    boolean isStuck() {
        return lostInARow >= LOST_IN_A_ROW_MAX;
    }

    /** Closes as soon as the last bytes can be sent. Until then the connection stays open, and costs nothing more. */
    void abandon() {
        request.connection().close();
    }

    void end() {
        if (!response.closed()) {
            response.end();
        }
    }
}
