package io.quorate.deploy.client.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer to a request.
 *
 * @param headers by name in any case
 * @param body up to its end, after which it has no more bytes. It fails if the connection ends before
 */
public record HttpResponse(int status, Map<String, String> headers, InputStream body) {
    private static final int HEADERS_MAX = 200;
    private static final String FIRST_LINE = "HTTP/1\\.[01] [1-5]\\d\\d( .*)?";
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_AT + 3;

    /** Reads the head of the answer. One that is only for now (1xx) is passed over. */
    static HttpResponse read(InputStream from) throws IOException {
        InputStream in = new BufferedInputStream(from);
        while (true) {
            int status = status(in);
            Map<String, String> headers = headers(in);
            if (status >= 200) {
                return new HttpResponse(
                        status, headers, BodyLength.of(status, headers).body(in));
            }
        }
    }

    private static int status(InputStream in) throws IOException {
        String line;
        try {
            line = HttpLine.read(in);
        } catch (SocketException | EOFException e) {
            throw new NoHttpException("it closed the connection", e);
        }
        if (!line.matches(FIRST_LINE)) {
            throw new NoHttpException("its answer is no HTTP", null);
        }
        return Integer.parseInt(line.substring(STATUS_AT, STATUS_END));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = HttpLine.read(in); !line.isEmpty(); line = HttpLine.read(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == HEADERS_MAX) {
                throw new NoHttpException("its answer is no HTTP", null);
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }
}
