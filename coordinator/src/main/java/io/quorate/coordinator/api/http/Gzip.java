package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Which answers are compressed, and for whom. RFC 9110, section 12.5.3.
 *
 * <p>Files, metrics and scans are compressed, values never are: a value has the bytes and the tag of its write.
 *
 * <p>The length of a compressed answer tells something of its content. Somebody who can write a part of an answer, and
 * see the length of the encrypted whole, guesses the rest of it letter by letter (the attack is called BREACH). Files
 * and metrics have no secrets. A scan may have secrets of one client beside the keys of another. So scans are
 * compressed on connections without TLS only, where an eavesdropper needs no such trick.
 */
public final class Gzip {
    /** A shorter answer fits into a packet or two as it is. */
    static final int BYTES_MIN = 1 << 10;

    /** The state of one compressor in native memory, and its buffers. */
    static final int STATE_BYTES = 300 << 10;

    private static final String NAME = "gzip";

    private Gzip() {}

    /** Whether the client takes a compressed answer. One that does not say so gets none. */
    public static boolean isAcceptedBy(HttpServerRequest request) {
        List<String> values = request.headers().getAll(HttpHeaders.ACCEPT_ENCODING);
        return !values.isEmpty() && accepts(String.join(",", values));
    }

    static boolean accepts(String acceptEncoding) {
        List<WeightedName> codings = WeightedName.list(acceptEncoding);
        return weight(codings, NAME).or(() -> weight(codings, "*")).orElse(0.0) > 0;
    }

    private static Optional<Double> weight(List<WeightedName> codings, String name) {
        return codings.stream()
                .filter(coding -> coding.name().equals(name))
                .map(WeightedName::weight)
                .findFirst();
    }

    /** Whether an answer with the secrets of several clients may be compressed. */
    static boolean mayMixSecrets(HttpServerRequest request) {
        return !request.isSSL() && isAcceptedBy(request);
    }

    /** Says that the body is compressed. */
    static void announce(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, NAME);
    }

    /** Takes some milliseconds for each MiB. */
    static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream out = into(compressed, Deflater.DEFAULT_COMPRESSION)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes is always writable", e);
        }
        return compressed.toByteArray();
    }

    /** A stream whose {@code flush} lets a reader have all that was written. */
    static GZIPOutputStream into(OutputStream sink, int level) throws IOException {
        return new LeveledStream(sink, level);
    }

    private static final class LeveledStream extends GZIPOutputStream {
        private static final int BUFFER_BYTES = 4 << 10;

        LeveledStream(OutputStream sink, int level) throws IOException {
            super(sink, BUFFER_BYTES, true);
            def.setLevel(level);
        }
    }
}
