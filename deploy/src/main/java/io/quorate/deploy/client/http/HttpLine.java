package io.quorate.deploy.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** One line of a head, or before a chunk. */
final class HttpLine {
    private static final int BYTES_MAX = 64 << 10;

    private HttpLine() {}

    /** The line without its end. At the end of the connection it is what there was. */
    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() == BYTES_MAX) {
                throw new NoHttpException("a line of its answer has more than " + BYTES_MAX + " bytes", null);
            }
            line.write(c);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
