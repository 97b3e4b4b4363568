package io.quorate.coordinator.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The text of an answer as one client gets it: compressed if that is worthwhile, and the client takes it. */
public record EncodedText(Buffer bytes, boolean isCompressed) {
    /**
     * Takes some milliseconds for each MiB to compress. It may run on any thread.
     *
     * @param isAccepted whether the client takes a compressed text: {@link Gzip#isAcceptedBy}
     */
    public static EncodedText of(byte[] text, boolean isAccepted) {
        boolean isCompressed = isAccepted && text.length >= Gzip.BYTES_MIN;
        return new EncodedText(Buffer.buffer(isCompressed ? Gzip.compress(text) : text), isCompressed);
    }

    /** Ends an answer. The length is that of a GET: the answer to a HEAD states it and has no bytes. */
    public void end(HttpServerResponse response) {
        AnswerHeaders.varyBy(response, HttpHeaders.ACCEPT_ENCODING);
        if (isCompressed) {
            Gzip.announce(response);
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
        response.end(bytes);
    }
}
