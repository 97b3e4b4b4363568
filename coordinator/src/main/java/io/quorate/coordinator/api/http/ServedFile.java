package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that this process serves as long as it runs. A cache may keep it, and asks each time whether it is still the
 * same. A text goes compressed to a client that takes that, with a tag of its own. Safe for use by several event loops.
 */
public final class ServedFile {
    private static final int TAG_BYTES = 12;
    private static final Pattern TEXT = Pattern.compile("^text/|json|yaml|xml");

    private final EncodedText plain;
    private final String contentType;
    private final boolean isText;
    private final String tag;
    private final String compressedTag;

    /** Made at the first request for it. Two event loops may both make it once. */
    private volatile Optional<EncodedText> compressed = Optional.empty();

    private ServedFile(byte[] bytes, String contentType, String digest) {
        this.plain = EncodedText.of(bytes, false);
        this.contentType = contentType;
        this.isText = TEXT.matcher(contentType).find();
        this.tag = '"' + digest + '"';
        this.compressedTag = '"' + digest + "-gzip\"";
    }

    /** @param bytes must not change any more */
    public static ServedFile of(byte[] bytes, String contentType) {
        return new ServedFile(bytes, contentType, digest(bytes));
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
        EncodedText text = isText && Gzip.isAcceptedBy(request) ? compressed() : plain;
        String tagOfText = text.isCompressed() ? compressedTag : tag;
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").putHeader(HttpHeaders.ETAG, tagOfText);
        if (EntityTags.isKnown(request, tagOfText)) {
            AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT_ENCODING);
            response.setStatusCode(304).end();
        } else {
            text.end(response.putHeader(HttpHeaders.CONTENT_TYPE, contentType));
        }
    }

    private EncodedText compressed() {
        Optional<EncodedText> known = compressed;
        if (known.isEmpty()) {
            known = Optional.of(EncodedText.of(plain.bytes().getBytes(), true));
            compressed = known;
        }
        return known.get();
    }
}
