package io.quorate.deploy.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test decides about every byte, for what a well-behaved client would never send. */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 15_000;

    private final Socket socket;
    private final InputStream in;

    public RawConnection(LocalNode node) throws IOException {
        this(node.host(), node.httpPort());
    }

    public RawConnection(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends text, one byte for each character. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Ends the sending direction as a client does that dies halfway. */
    public void cut() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset instead of a farewell. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public Answer answer() throws IOException {
        return read(true);
    }

    /** The answer to a HEAD. It has no body, with any length in its header. */
    public Answer answerToHead() throws IOException {
        return read(false);
    }

    /** All bytes that still come until the connection ends, cleanly or not. */
    public String untilItsEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[64 << 10];
        try {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                text.append(new String(chunk, 0, read, ISO_8859_1));
            }
        } catch (SocketException e) {
            return text.toString();
        }
        return text.toString();
    }

    /** True if the server has ended the connection. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() == -1;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer read(boolean hasBody) throws IOException {
        String[] statusLine = line().split(" ", 3);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends after " + body.length + " of " + length + " bytes");
        }
        return new Answer(Integer.parseInt(statusLine[1]), headers, new String(body, ISO_8859_1));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b == -1) {
                throw new EOFException("the connection ended where an answer was due, after '" + line + "'");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** @param headers by name in lower case */
    public record Answer(int status, Map<String, String> headers, String body) {}
}
