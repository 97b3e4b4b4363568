package io.quorate.coordinator.api.http;

import io.quorate.common.loop.LoopTurns;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a body whose request is refused. It is read and dropped. The connection goes on behind a short rest.
 * Otherwise the answer says that the connection ends, and it ends behind the rest, or after {@value #BYTES_MAX} bytes
 * of it. If it ended at once, a client that writes before it reads would see a reset instead of the answer.
 *
 * <p>A client that expects {@code 100 Continue} and is refused may leave its body out. So its connection ends too.
 */
final class UnwantedBody {
    private static final long BYTES_MAX = 64L << 20;

    /** So much comes with the head, mostly. */
    private static final int SHORT_BYTES_MAX = 64 << 10;

    /** The answer waits so long for the end of a body of unknown length. A connection has two turns in that time. */
    private static final long SHORT_MS_MAX = 500;

    private final HttpServerRequest request;
    private long bytes;
    private boolean endsConnection;
    private Runnable answer = () -> {};
    private boolean answerWaits;
    private long timer;

    UnwantedBody(HttpServerRequest request) {
        this.request = request;
    }

    /** How many bytes a request announced, 0 for none, or -1 for a body of unknown length. */
    static long announcedBytes(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? -1 : 0;
    }

    /** Whether the connection goes on, and Vert.x may drop the rest. */
    static boolean isShort(HttpServerRequest request, long leftBytes) {
        return leftBytes >= 0
                && leftBytes <= SHORT_BYTES_MAX
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    /** Sends the answer as soon as it is known whether the rest is short. */
    void refuse(long leftBytes, Runnable refusal) {
        if (leftBytes >= 0 || request.headers().contains(HttpHeaders.EXPECT)) {
            endsConnection = !isShort(request, leftBytes);
            send(refusal);
        } else {
            answer = refusal;
            answerWaits = true;
            timer = Vertx.currentContext().owner().setTimer(SHORT_MS_MAX, due -> sendWithoutEnd());
        }
    }

    /** Sends the answer, and the connection ends. */
    void refuseAndEnd(Runnable refusal) {
        endsConnection = true;
        send(refusal);
    }

    private void send(Runnable refusal) {
        if (endsConnection) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        refusal.run();
    }

    private void sendWithoutEnd() {
        if (takeAnswer()) {
            refuseAndEnd(answer);
        }
    }

    /** Whether the answer waits. Another one may have been sent meanwhile, since the body came too slowly. */
    private boolean takeAnswer() {
        boolean waited = answerWaits;
        answerWaits = false;
        if (waited) {
            Vertx.currentContext().owner().cancelTimer(timer);
        }
        return waited && !request.response().closed() && !request.response().ended();
    }

    void drop(Buffer chunk) {
        LoopTurns.tookBody(true);
        bytes += chunk.length();
        if (bytes > SHORT_BYTES_MAX) {
            sendWithoutEnd();
        }
        if (bytes > BYTES_MAX) {
            request.connection().close();
        }
    }

    /** Vert.x closes a connection only by itself if the client asked for that. */
    void ended() {
        LoopTurns.tookBody(false);
        if (takeAnswer()) {
            send(answer);
        } else if (endsConnection) {
            request.connection().close();
        }
    }
}
