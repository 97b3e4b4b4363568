package io.quorate.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer of lines, read while it comes. The event loop puts pieces into a queue, and the command's own thread takes
 * them out. Each piece taken requests one more. So a reader that stops also stops the sender, instead of filling
 * memory.
 */
public final class Lines {
    private static final int PIECES_AHEAD = 16;

    private final Optional<Answer> refusal;
    private final Endpoint from;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final long waitMs;
    private final Runnable askForMore;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] piece = new byte[0];
    private int at;

    /** @param bytes empty at the end */
    private record Piece(Optional<Buffer> bytes) {}

    /** A refusal: an answer with another status, and the server's reason. */
    Lines(Answer refusal) {
        this.refusal = Optional.of(refusal);
        this.from = refusal.from();
        this.waitMs = 0;
        this.askForMore = () -> {};
    }

    /** On the event loop, before any part of the body arrives. */
    Lines(Endpoint from, HttpClientResponse response, Context context, long waitMs) {
        this.refusal = Optional.empty();
        this.from = from;
        this.waitMs = waitMs;
        this.askForMore = () -> context.runOnContext(now -> response.fetch(1));
        response.pause();
        response.exceptionHandler(broken -> pieces.add(new Piece(Optional.empty())));
        response.endHandler(end -> pieces.add(new Piece(Optional.empty())));
        response.handler(bytes -> pieces.add(new Piece(Optional.of(bytes))));
        response.fetch(PIECES_AHEAD);
    }

    public Optional<Answer> refusal() {
        return refusal;
    }

    public Endpoint from() {
        return from;
    }

    /** The next whole line, or empty if no more comes. The last line shows whether that is the end or a cut. */
    public Optional<String> next() {
        line.reset();
        while (true) {
            int end = at;
            while (end < piece.length && piece[end] != '\n') {
                end++;
            }
            line.write(piece, at, end - at);
            at = end + 1;
            if (end < piece.length) {
                return Optional.of(line.toString(UTF_8));
            }
            Optional<Buffer> more = take();
            if (more.isEmpty()) {
                return Optional.empty();
            }
            piece = more.get().getBytes();
            at = 0;
        }
    }

    /** Whether bytes can be read without waiting. */
    public boolean isReady() {
        return at < piece.length || !pieces.isEmpty();
    }

    private Optional<Buffer> take() {
        try {
            Piece next = pieces.poll(waitMs, TimeUnit.MILLISECONDS);
            askForMore.run();
            return next == null ? Optional.empty() : next.bytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
