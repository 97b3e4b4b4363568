package io.quorate.coordinator.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A file that this process serves as long as it runs. A cache may keep it, and asks each time whether it is still the
 * same. A text goes compressed to a client that takes that, with a tag of its own. Safe for use by several event loops.
 */
public final class ServedFile {
    private static final int TAG_BYTES = 12;
    private static final Pattern TEXT = Pattern.compile("^text/|json|yaml|xml");

    private final Buffer bytes;
    private final String contentType;
    private final boolean isText;
    private final String tag;
    private final String compressedTag;

    /** Made at the first request for it. Two event loops may both make it once. */
    private volatile Optional<Buffer> compressed = Optional.empty();

    private ServedFile(Buffer bytes, String contentType, String digest) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.isText = TEXT.matcher(contentType).find();
        this.tag = '"' + digest + '"';
        this.compressedTag = '"' + digest + "-gzip\"";
    }

    /** @param bytes must not change any more */
    public static ServedFile of(byte[] bytes, String contentType) {
        return new ServedFile(Buffer.buffer(bytes), contentType, digest(bytes));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Answers a GET or HEAD, by 304 if the client has it already. */
    public void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (!isText || !Gzip.isWorthwhile(bytes.length())) {
            send(request, tag, () -> bytes);
            return;
        }
        AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT_ENCODING);
        if (Gzip.isAcceptedBy(request)) {
            Gzip.announce(response);
            send(request, compressedTag, this::compressed);
        } else {
            send(request, tag, () -> bytes);
        }
    }

    private void send(HttpServerRequest request, String tagOfBytes, Supplier<Buffer> body) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.ETAG, tagOfBytes);
        if (EntityTags.isKnown(request, tagOfBytes)) {
            response.headers().remove(HttpHeaders.CONTENT_ENCODING);
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        // The length that a GET would have: the answer to a HEAD states it and has no bytes.
        response.putHeader(
                HttpHeaders.CONTENT_LENGTH, Integer.toString(body.get().length()));
        response.end(body.get());
    }

    private Buffer compressed() {
        Optional<Buffer> known = compressed;
        if (known.isEmpty()) {
            known = Optional.of(Buffer.buffer(Gzip.compress(bytes.getBytes())));
            compressed = known;
        }
        return known.get();
    }
}
