package io.quorate.coordinator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads a request's body up to a limit. A body that is too long is refused as soon as that is known, by its announced
 * length or by its bytes; one that is cut short never reaches the receiver.
 */
final class RequestBody {
    /** How much of a refused body is read and thrown away so that its sender gets to read the answer. */
    private static final long DISCARDED_BYTES_MAX = 64L << 20;

    private final HttpServerRequest request;
    private final int bytesMax;
    private final Consumer<byte[]> receiver;
    private Buffer received = Buffer.buffer();
    private boolean refused;
    private long discarded;

    private RequestBody(HttpServerRequest request, int bytesMax, Consumer<byte[]> receiver) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.receiver = receiver;
    }

    static void read(HttpServerRequest request, int bytesMax, Consumer<byte[]> receiver) {
        new RequestBody(request, bytesMax, receiver).start();
    }

    private void start() {
        request.handler(this::add);
        request.endHandler(end -> {
            if (!refused) {
                receiver.accept(received.getBytes());
            }
        });
        if (announcedLength() > bytesMax) {
            refuse();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private long announcedLength() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void add(Buffer chunk) {
        if (!refused && received.length() + chunk.length() <= bytesMax) {
            received.appendBuffer(chunk);
            return;
        }
        if (!refused) {
            refuse();
        }
        discarded += chunk.length();
        if (discarded > DISCARDED_BYTES_MAX) {
            request.connection().close();
        }
    }

    private void refuse() {
        refused = true;
        received = Buffer.buffer();
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        Problem.refuse(
                request.response(),
                413,
                "the value is longer than " + bytesMax + " bytes, the most that valueBytesMax of this cluster allows");
    }
}
