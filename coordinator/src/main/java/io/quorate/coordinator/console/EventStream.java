package io.quorate.coordinator.console;

import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * Events for one browser, as {@code text/event-stream} of the HTML standard, section 9.2. A browser that does not read
 * loses events, so that they never fill our memory. If it reads none for long, it gets no more.
 */
final class EventStream {
    static final int UNREAD_BYTES_MAX = 256 << 10;
    private static final int LOST_IN_A_ROW_MAX = 200;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private AccessCaller caller;
    private int lostInARow;

    EventStream(HttpServerRequest request, AccessCaller caller) {
        this.caller = caller;
        this.request = request;
        this.response = request.response();
    }

    void start(WatchedEvent hello) {
        response.setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.write("retry: 1000\n\n");
        send(hello);
    }

    /** Whether its caller may still watch, by the rules of now. */
    boolean mayGoOn() {
        Optional<AccessCaller> now = caller.renewed().filter(renewed -> renewed.mayAct(AccessRole.OBSERVE));
        now.ifPresent(renewed -> caller = renewed);
        return now.isPresent();
    }

    /** False if the event is lost, since the browser has not read those before it. */
    boolean send(WatchedEvent event) {
        return send(event.to(caller));
    }

    private boolean send(byte[] event) {
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
