package io.quorate.deploy.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** One line of a head, or before a chunk. */
final class HttpLine {
    private static final int BYTES_MAX = 64 << 10;

    private HttpLine() {}

    /**
     * The line without its end.
     *
     * @throws EOFException if the connection ends before the line does: what was cut off may look whole
     */
    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer ends before its end");
            }
            if (line.size() == BYTES_MAX) {
                throw new NoHttpException("a line of its answer has more than " + BYTES_MAX + " bytes", null);
            }
            line.write(c);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
