package io.quorate.deploy.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;

/**
 * One request, which ends its connection.
 *
 * @param uri path and query, as they are sent
 * @param host with the port
 * @param headers without those of the connection and the body
 * @param body null for none
 */
public record HttpRequest(String method, String uri, String host, Map<String, String> headers, byte[] body) {
    private static final String LINE_END = "\r\n";

    /** @throws IllegalArgumentException if a name, a header or the URI has a line break or another control character */
    public HttpRequest {
        requirePrintable(method);
        requirePrintable(uri);
        requirePrintable(host);
        headers.forEach((name, value) -> {
            requirePrintable(name);
            requirePrintable(value);
        });
    }

    private static void requirePrintable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a request's head has no control characters");
        }
    }

    /**
     * Sends the request and reads the answer's head. A server may answer and close before it has read a long body: then
     * its answer counts.
     */
    public HttpResponse exchange(Socket socket) throws IOException {
        try {
            write(socket.getOutputStream());
        } catch (IOException broken) {
            return answerOf(socket, broken);
        }
        return HttpResponse.read(socket.getInputStream());
    }

    private void write(OutputStream out) throws IOException {
        out.write(head().getBytes(ISO_8859_1));
        if (body != null) {
            out.write(body);
        }
        out.flush();
    }

    private static HttpResponse answerOf(Socket socket, IOException broken) throws IOException {
        try {
            return HttpResponse.read(socket.getInputStream());
        } catch (IOException noAnswer) {
            noAnswer.addSuppressed(broken);
            throw noAnswer;
        }
    }

    private String head() {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(uri)
                .append(" HTTP/1.1")
                .append(LINE_END);
        append(head, "Host", host);
        append(head, "User-Agent", "quorate");
        append(head, "Connection", "close");
        headers.forEach((name, value) -> append(head, name, value));
        if (body != null || !method.equals("GET")) {
            append(head, "Content-Length", String.valueOf(body == null ? 0 : body.length));
        }
        return head.append(LINE_END).toString();
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append(LINE_END);
    }
}
