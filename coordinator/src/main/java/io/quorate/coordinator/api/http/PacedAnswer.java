package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.common.thread.Defects;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends an answer as fast as the client reads it. A client that does not read costs what the source holds, and a few
 * pieces in the socket's queue. Used on one event loop only.
 */
public final class PacedAnswer {
    private static final int PIECE_BYTES = 64 << 10;

    /** A shorter value is sent at once and not charged. The socket's own buffers take it. */
    private static final int FREE_BYTES = 4 << 10;

    public static final String NO_MEMORY = "unread answers hold as much memory as they may. Read again later";

    private final HttpServerResponse response;
    private final Runnable ended;
    private AnswerSource source;
    private boolean isEnded;
    private boolean sending;

    private static final AnswerSource NOTHING = new AnswerSource() {
        @Override
        public Optional<Buffer> next() {
            return Optional.empty();
        }

        @Override
        public boolean isOver() {
            return true;
        }
    };

    private PacedAnswer(HttpServerResponse response, AnswerSource source, Runnable ended) {
        this.response = response;
        this.source = source;
        this.ended = ended;
    }

    /**
     * Prepares an answer. Its head must be complete, but for the kind of transfer.
     *
     * @param ended is called once: when the last byte was written, or the client has gone
     */
    public static PacedAnswer of(HttpServerResponse response, AnswerSource source, Runnable ended) {
        return new PacedAnswer(response, source, ended);
    }

    /** Whether there is memory for JSON with a value. If so, it is sent. Otherwise nothing was written. */
    public static boolean sendJson(MemoryBudget memory, HttpServerResponse response, JsonNode body, long valueBytes) {
        return send(
                memory,
                response,
                valueBytes,
                JsonStream.indented().addLine(body).end());
    }

    /** As {@link #sendJson}, compressed if the client wants that. */
    public static boolean sendCompressedJson(
            MemoryBudget memory, HttpServerRequest request, JsonNode body, long valueBytes) {
        Reservation held = new Reservation(memory, MemoryUse.ANSWER);
        if (!held.tryGrow(valueBytes)) {
            return false;
        }
        AnswerSource json = JsonStream.indented().addLine(body).end();
        new PacedAnswer(request.response(), compressed(request, json, held), held::close).begin();
        return true;
    }

    /**
     * The source, compressed if the client wants that.
     *
     * @param held is charged for the compressor from the first piece on, if there is memory for one
     */
    public static AnswerSource compressed(HttpServerRequest request, AnswerSource source, Reservation held) {
        return GzippedSource.of(request, source, held);
    }

    /** Whether there is memory for a value. If so, it is sent. Otherwise nothing was written. */
    public static boolean send(MemoryBudget memory, HttpServerRequest request, byte[] bytes) {
        HttpServerResponse response = request.response();
        if (bytes.length <= FREE_BYTES || request.method().equals(HttpMethod.HEAD)) {
            // The layer below leaves the body of an answer to HEAD out.
            response.end(Buffer.buffer(bytes));
            return true;
        }
        return send(memory, response, bytes.length, new ValueSource(bytes));
    }

    /** The answer to a read that there was no memory for. A read has no effect, so it can be sent again. */
    public static void refuseForMemory(HttpServerResponse response) {
        AnswerHeaders.beginAgain(response);
        RetryAfter.put(response);
        Problem.refuse(response, 429, NO_MEMORY);
    }

    private static boolean send(MemoryBudget memory, HttpServerResponse response, long heldBytes, AnswerSource source) {
        Reservation held = new Reservation(memory, MemoryUse.ANSWER);
        if (!held.tryGrow(heldBytes)) {
            return false;
        }
        new PacedAnswer(response, source, held::close).begin();
        return true;
    }

    private static final class ValueSource implements AnswerSource {
        private final byte[] bytes;
        private int sent;

        ValueSource(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Optional<Buffer> next() {
            int from = sent;
            sent = Math.min(bytes.length, from + PIECE_BYTES);
            return from == sent ? Optional.empty() : Optional.of(Buffer.buffer(Arrays.copyOfRange(bytes, from, sent)));
        }

        @Override
        public boolean isOver() {
            return sent == bytes.length;
        }
    }

    /** Begins to send. To be called once. */
    public void begin() {
        response.closeHandler(gone -> end());
        response.exceptionHandler(failed -> end());
        response.drainHandler(drained -> resume());
        resume();
    }

    /** The source has more bytes now. It may call this from within {@link AnswerSource#next}. */
    public void resume() {
        if (sending) {
            return;
        }
        sending = true;
        try {
            sendOn();
        } catch (RuntimeException | Error e) {
            // An answer that has begun cannot become another one. Cutting it shows the client that it is not whole.
            Defects.report(e);
            response.reset();
            end();
        } finally {
            sending = false;
        }
    }

    private void sendOn() {
        while (!isEnded && !response.ended() && !response.writeQueueFull()) {
            Optional<Buffer> piece = source.next();
            if (source.isOver()) {
                response.end(piece.orElseGet(Buffer::buffer)).onComplete(written -> end());
            } else if (piece.isPresent()) {
                write(piece.get());
            } else {
                return;
            }
        }
    }

    private void write(Buffer piece) {
        if (!response.headWritten() && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        response.write(piece);
    }

    private void end() {
        if (!isEnded) {
            isEnded = true;
            source.close();
            // An idle connection keeps its last request, with its handlers.
            source = NOTHING;
            ended.run();
        }
    }

    /** Whether the last byte was written, or the client has gone. */
    public boolean isEnded() {
        return isEnded;
    }
}
