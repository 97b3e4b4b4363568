package io.quorate.deploy.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer of lines, read while it comes. One thread puts pieces into a queue of limited length, and the command's own
 * thread takes them out. So a reader that stops also stops the sender, instead of filling memory.
 */
public final class Lines {
    private static final byte[] END = {};
    private static final int PIECES_AHEAD = 16;
    private static final int PIECE_BYTES = 16 << 10;

    private final Optional<Answer> refusal;
    private final Endpoint from;
    private final long waitMs;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Those that came, and at the end an empty one. */
    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES_AHEAD);

    private byte[] piece = new byte[0];
    private int at;

    /** A refusal: an answer with another status, and the server's reason. */
    Lines(Answer refusal) {
        this(Optional.of(refusal), refusal.from(), 0);
    }

    /** @param waitMs how long to wait for each piece */
    Lines(Endpoint from, long waitMs) {
        this(Optional.empty(), from, waitMs);
    }

    private Lines(Optional<Answer> refusal, Endpoint from, long waitMs) {
        this.refusal = refusal;
        this.from = from;
        this.waitMs = waitMs;
    }

    /** Reads the answer, on a thread of its own. A broken connection ends the lines. */
    void takeAll(InputStream body) throws InterruptedException {
        byte[] bytes = new byte[PIECE_BYTES];
        try {
            for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
                pieces.put(Arrays.copyOf(bytes, count));
            }
        } catch (IOException broken) {
            // What follows does not come. The last line shows that.
        }
        pieces.put(END);
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
            piece = take();
            at = 0;
            if (piece.length == 0) {
                return Optional.empty();
            }
        }
    }

    /** Whether bytes can be read without waiting. */
    public boolean isReady() {
        return at < piece.length || !pieces.isEmpty();
    }

    private byte[] take() {
        try {
            byte[] next = pieces.poll(waitMs, TimeUnit.MILLISECONDS);
            return next == null ? END : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }
}
