package io.quorate.deploy.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.util.function.IntConsumer;

/**
 * Finds the status and the end of each response in what arrives on a connection. Knows only what Quorate sends:
 * HTTP/1.1 with a {@code Content-Length}, or a status that has no body.
 */
final class ResponseParser {
    private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int NO_MATCH = -1;

    private final IntConsumer completed;

    /** The position of the next byte in its line, and whether it is the first line. */
    private int column;

    private boolean isStatusLine = true;
    private int status;

    /** How much of {@link #LENGTH} the line has matched so far. Beyond it, the digits follow. */
    private int matched;

    private long contentLength;
    private long bodyLeft;

    /** @param completed gets the status of each response when its last byte is there */
    ResponseParser(IntConsumer completed) {
        this.completed = completed;
    }

    void add(Buffer bytes) {
        int length = bytes.length();
        int at = 0;
        while (at < length) {
            if (bodyLeft > 0) {
                long taken = Math.min(bodyLeft, length - at);
                bodyLeft -= taken;
                at += (int) taken;
                if (bodyLeft == 0) {
                    complete();
                }
            } else {
                head(bytes.getByte(at++));
            }
        }
    }

    private void head(byte b) {
        if (b == '\n') {
            endOfLine();
        } else if (b != '\r') {
            if (isStatusLine) {
                statusLine(b);
            } else {
                header(b);
            }
            column++;
        }
    }

    private void statusLine(byte b) {
        if (column >= STATUS_AT && column < STATUS_AT + 3) {
            status = status * 10 + b - '0';
        }
    }

    private void header(byte b) {
        if (matched == LENGTH.length) {
            if (b >= '0' && b <= '9') {
                contentLength = contentLength * 10 + b - '0';
            }
        } else if (matched == column && (b | 0x20) == (LENGTH[matched] | 0x20)) {
            matched++;
        } else {
            matched = NO_MATCH;
        }
    }

    private void endOfLine() {
        boolean isEndOfHead = column == 0 && !isStatusLine;
        column = 0;
        matched = 0;
        isStatusLine = false;
        if (!isEndOfHead) {
            return;
        }
        bodyLeft = contentLength;
        if (bodyLeft == 0) {
            complete();
        }
    }

    private void complete() {
        int completedStatus = status;
        status = 0;
        contentLength = 0;
        isStatusLine = true;
        completed.accept(completedStatus);
    }
}
