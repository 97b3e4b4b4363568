package io.quorate.deploy.bench.etcd;

import io.vertx.core.buffer.Buffer;

/**
 * A frame of HTTP/2 (RFC 9113, 4.1).
 *
 * <pre>
 * length: 3 bytes | type: 1 | flags: 1 | stream: 4 | payload
 * </pre>
 */
enum Http2Frame {
    DATA(0),
    HEADERS(1),
    RESET_STREAM(3),
    SETTINGS(4),
    PING(6),
    GO_AWAY(7),
    WINDOW_UPDATE(8);

    static final int HEAD_BYTES = 9;
    static final int NO_FLAGS = 0;

    /** Of DATA and HEADERS. */
    static final int END_STREAM = 1;

    /** Of SETTINGS and PING. */
    static final int ACK = 1;

    static final int END_HEADERS = 4;

    /** The whole connection, and not one of its streams. */
    static final int CONNECTION = 0;

    private final int code;

    Http2Frame(int code) {
        this.code = code;
    }

    boolean hasCode(int other) {
        return code == other;
    }

    Buffer of(int flags, int stream, Buffer payload) {
        return Buffer.buffer(HEAD_BYTES + payload.length())
                .appendMedium(payload.length())
                .appendByte((byte) code)
                .appendByte((byte) flags)
                .appendInt(stream)
                .appendBuffer(payload);
    }
}
