package io.quorate.deploy.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** How to find the end of an answer's body: RFC 9112, section 6.3. */
sealed interface BodyLength {
    /** @param in the connection, behind the head */
    InputStream body(InputStream in) throws IOException;

    /** The number of bytes is known. */
    record Known(long bytes) implements BodyLength {
        @Override
        public InputStream body(InputStream in) {
            return bytes == 0 ? new ByteArrayInputStream(new byte[0]) : new BodyStream(in, bytes, false);
        }
    }

    /** Each part says its own length, and the last one has none. */
    record Chunked() implements BodyLength {
        @Override
        public InputStream body(InputStream in) {
            return new BodyStream(in, 0, true);
        }
    }

    /** The server closes the connection. */
    record ToTheEnd() implements BodyLength {
        @Override
        public InputStream body(InputStream in) {
            return in;
        }
    }

    static BodyLength of(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new Known(0);
        }
        if (headers.containsKey("Transfer-Encoding")) {
            return new Chunked();
        }
        String length = headers.get("Content-Length");
        if (length == null) {
            return new ToTheEnd();
        }
        if (!length.matches("\\d{1,18}")) {
            throw new NoHttpException("its answer has the length '" + length + "'", null);
        }
        return new Known(Long.parseLong(length));
    }
}
