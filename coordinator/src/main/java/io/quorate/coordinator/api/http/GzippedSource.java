package io.quorate.coordinator.api.http;

import io.quorate.common.memory.Reservation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses an answer as it is made. Each piece of the source becomes a piece that the client can decompress at once,
 * so a line that has no successor yet arrives all the same. Used on one event loop only.
 */
final class GzippedSource implements AnswerSource {
    private final HttpServerResponse response;
    private final AnswerSource source;
    private final Reservation held;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();

    /** Present from the first piece until the end. Never present for a short answer, or without memory for it. */
    private Optional<GZIPOutputStream> out = Optional.empty();

    private boolean begun;

    private GzippedSource(HttpServerResponse response, AnswerSource source, Reservation held) {
        this.response = response;
        this.source = source;
        this.held = held;
    }

    /**
     * The source, compressed if the client wants that.
     *
     * @param held is charged for the compressor at the first piece. Without memory the answer goes as it is
     */
    static AnswerSource of(HttpServerRequest request, AnswerSource source, Reservation held) {
        return Gzip.mayMixSecrets(request) ? new GzippedSource(request.response(), source, held) : source;
    }

    @Override
    public Optional<Buffer> next() {
        Optional<Buffer> piece = source.next();
        if (!begun && piece.isPresent()) {
            begin(piece.get());
        }
        return out.isPresent() ? compress(out.get(), piece) : piece;
    }

    /** The head of the answer is not written before its first piece is made. */
    private void begin(Buffer first) {
        begun = true;
        boolean isShort = source.isOver() && first.length() < Gzip.BYTES_MIN;
        if (isShort || !held.tryGrowQuietly(Gzip.STATE_BYTES)) {
            return;
        }
        try {
            out = Optional.of(Gzip.into(compressed, Deflater.BEST_SPEED));
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes is always writable", e);
        }
        Gzip.announce(response);
    }

    private Optional<Buffer> compress(GZIPOutputStream gzip, Optional<Buffer> piece) {
        try {
            if (piece.isPresent()) {
                gzip.write(piece.get().getBytes());
                gzip.flush();
            }
            if (source.isOver()) {
                close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes is always writable", e);
        }
        Buffer made = Buffer.buffer(compressed.toByteArray());
        compressed.reset();
        return made.length() == 0 ? Optional.empty() : Optional.of(made);
    }

    @Override
    public boolean isOver() {
        return source.isOver();
    }

    /** Frees the native memory, with the end of the answer or without. */
    @Override
    public void close() {
        out.ifPresent(gzip -> {
            try {
                gzip.close();
            } catch (IOException e) {
                throw new UncheckedIOException("an array of bytes is always writable", e);
            }
        });
        out = Optional.empty();
        source.close();
    }
}
