package io.quorate.deploy.bench.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds each answer in what arrives on a connection. Knows only what Quorate sends: HTTP/1.1 with a
 * {@code Content-Length}, or in chunks without trailers, or a status that has no body. It keeps nothing of a body but
 * the begin of a problem.
 */
public final class ResponseParser {
    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int PROBLEM_BYTES_MAX = 512;
    private static final int FAILURE_FROM = 400;

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK_END
    }

    private final Consumer<HttpAnswer> completed;
    private Part state = Part.HEAD;
    private byte[] line = new byte[256];
    private int lineLength;

    /** Of the answer under way. A status of 0 stands for the line before all headers. */
    private int status;

    private boolean hasRetryAfter;
    private boolean endsConnection;
    private boolean isChunked;
    private long bodyLeft;
    private final byte[] problem = new byte[PROBLEM_BYTES_MAX];
    private int problemLength;

    /** @param completed gets each answer when its last byte is there */
    public ResponseParser(Consumer<HttpAnswer> completed) {
        this.completed = completed;
    }

    public void add(Buffer bytes) {
        add(bytes.getBytes());
    }

    private void add(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at = state == Part.BODY ? body(bytes, at) : line(bytes, at);
        }
    }

    /** Takes bytes of the line up to its end, and returns the position behind them. */
    private int line(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        keep(bytes, from, end - from);
        if (end == bytes.length) {
            return end;
        }
        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        lineLength = 0;
        lineEnded(length);
        return end + 1;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (lineLength + length > HEAD_BYTES_MAX) {
            throw new IllegalStateException("the answer has a line of more than " + HEAD_BYTES_MAX + " bytes");
        }
        if (lineLength + length > line.length) {
            line = Arrays.copyOf(line, 2 * (lineLength + length));
        }
        System.arraycopy(bytes, from, line, lineLength, length);
        lineLength += length;
    }

    private void lineEnded(int length) {
        switch (state) {
            case HEAD -> headLine(length);
            case CHUNK_SIZE -> chunk(Long.parseLong(new String(line, 0, length, ISO_8859_1), 16));
            case CHUNK_END -> chunkEnded();
            case BODY -> throw new AssertionError("a body has no lines");
        }
    }

    private void headLine(int length) {
        if (length == 0) {
            headEnded();
        } else if (status == 0) {
            status = 100 * digit(9) + 10 * digit(10) + digit(11);
        } else if (startsWith("content-length:", length)) {
            bodyLeft = Long.parseLong(new String(line, 15, length - 15, ISO_8859_1).strip());
        } else if (startsWith("transfer-encoding:", length)) {
            isChunked = true;
        } else if (startsWith("retry-after:", length)) {
            hasRetryAfter = true;
        } else if (startsWith("connection: close", length)) {
            endsConnection = true;
        }
    }

    private int digit(int at) {
        return line[at] - '0';
    }

    private boolean startsWith(String name, int length) {
        if (length < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if ((line[i] | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private void headEnded() {
        if (isChunked) {
            state = Part.CHUNK_SIZE;
        } else if (bodyLeft > 0) {
            state = Part.BODY;
        } else {
            complete();
        }
    }

    private int body(byte[] bytes, int from) {
        int taken = (int) Math.min(bodyLeft, bytes.length - from);
        if (status >= FAILURE_FROM) {
            int kept = Math.min(taken, PROBLEM_BYTES_MAX - problemLength);
            System.arraycopy(bytes, from, problem, problemLength, kept);
            problemLength += kept;
        }
        bodyLeft -= taken;
        if (bodyLeft == 0) {
            bodyEnded();
        }
        return from + taken;
    }

    private void bodyEnded() {
        if (isChunked) {
            state = Part.CHUNK_END;
        } else {
            complete();
        }
    }

    private void chunk(long size) {
        bodyLeft = size;
        isChunked = size > 0;
        state = size > 0 ? Part.BODY : Part.CHUNK_END;
    }

    /** The chunk of no bytes is the last one. */
    private void chunkEnded() {
        if (isChunked) {
            state = Part.CHUNK_SIZE;
        } else {
            complete();
        }
    }

    private void complete() {
        HttpAnswer answer =
                new HttpAnswer(status, hasRetryAfter, endsConnection, new String(problem, 0, problemLength, UTF_8));
        state = Part.HEAD;
        status = 0;
        hasRetryAfter = false;
        endsConnection = false;
        isChunked = false;
        problemLength = 0;
        completed.accept(answer);
    }
}
