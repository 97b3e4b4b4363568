package io.quorate.coordinator.api.http;

import io.quorate.common.model.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads a request's body up to a limit. A body that is too long is refused at once, by its announced length or by its
 * bytes. A body that is cut short never reaches the receiver.
 */
public final class RequestBody {
    /** So much of a refused body is read and dropped, so that its sender gets to read the answer. */
    private static final long DISCARDED_BYTES_MAX = 64L << 20;

    private final HttpServerRequest request;
    private final int bytesMax;
    private final String tooLong;
    private final BodyBudget budget;
    private final Consumer<byte[]> receiver;
    private Buffer received = Buffer.buffer();
    private long taken;
    private boolean refused;
    private long discarded;

    private RequestBody(
            HttpServerRequest request, int bytesMax, String tooLong, BodyBudget budget, Consumer<byte[]> receiver) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.tooLong = tooLong;
        this.budget = budget;
        this.receiver = receiver;
    }

    /**
     * @param bytesMax longest body
     * @param tooLong the error message for a longer body
     * @param budget counts the received bytes until the request is answered or its connection closes
     * @param receiver is given the whole body
     */
    public static void read(
            HttpServerRequest request, int bytesMax, String tooLong, BodyBudget budget, Consumer<byte[]> receiver) {
        new RequestBody(request, bytesMax, tooLong, budget, receiver).start();
    }

    private void start() {
        request.handler(this::add);
        request.endHandler(end -> {
            if (!refused) {
                FailedRequest.guard(request.response(), () -> receiver.accept(received.getBytes()));
            }
        });
        request.response().endHandler(answered -> giveBack());
        request.response().closeHandler(connectionClosed -> giveBack());
        if (announcedLength() > bytesMax) {
            refuseTooLong();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void giveBack() {
        budget.giveBack(taken);
        taken = 0;
    }

    private long announcedLength() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void add(Buffer chunk) {
        if (refused) {
            discard(chunk);
        } else if (received.length() + chunk.length() > bytesMax) {
            refuseTooLong();
        } else if (!budget.take(chunk.length())) {
            request.response().putHeader("Retry-After", "1");
            refuse(429, "this coordinator holds as many bytes of request bodies as it may. Nothing was applied");
        } else {
            taken += chunk.length();
            received.appendBuffer(chunk);
        }
    }

    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > DISCARDED_BYTES_MAX) {
            request.connection().close();
        }
    }

    private void refuseTooLong() {
        refuse(413, tooLong);
    }

    private void refuse(int status, String detail) {
        refused = true;
        received = Buffer.buffer();
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        Problem.refuse(request.response(), status, detail);
    }

    public static boolean isContentType(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return printable && !text.isBlank() && text.length() <= Value.CONTENT_TYPE_BYTES_MAX;
    }
}
