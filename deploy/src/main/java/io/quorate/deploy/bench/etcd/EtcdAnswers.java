package io.quorate.deploy.bench.etcd;

import io.quorate.deploy.bench.request.HttpAnswer;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Reads the frames of a server, of which one stream at a time has an answer. An answer with a message succeeded: gRPC
 * reports a failure by trailers alone. Of the message it notices only whether a read found its key.
 */
final class EtcdAnswers {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;

    /** So much of the connection's window is given back at once. */
    private static final int WINDOW_BYTES = 1 << 29;

    private static final int GRPC_HEAD_BYTES = 5;

    private final Consumer<Buffer> out;
    private final Consumer<HttpAnswer> answered;
    private Buffer pending = Buffer.buffer();
    private Buffer message = Buffer.buffer();
    private boolean isRead;
    private int taken;

    /** @param out takes acknowledgements */
    EtcdAnswers(Consumer<Buffer> out, Consumer<HttpAnswer> answered) {
        this.out = out;
        this.answered = answered;
    }

    /** The next answer is to such a request. */
    void expect(boolean read) {
        isRead = read;
    }

    void received(Buffer bytes) {
        Buffer all = pending.length() == 0 ? bytes : pending.appendBuffer(bytes);
        int at = 0;
        while (all.length() - at >= Http2Frame.HEAD_BYTES) {
            int end = at + Http2Frame.HEAD_BYTES + all.getUnsignedMedium(at);
            if (end > all.length()) {
                break;
            }
            frame(all.getByte(at + 3), all.getByte(at + 4), all.slice(at + Http2Frame.HEAD_BYTES, end));
            at = end;
        }
        pending = all.getBuffer(at, all.length());
    }

    private void frame(int type, int flags, Buffer payload) {
        if (Http2Frame.DATA.hasCode(type)) {
            message.appendBuffer(payload);
            giveBack(payload.length());
        } else if (Http2Frame.SETTINGS.hasCode(type) && (flags & Http2Frame.ACK) == 0) {
            out.accept(Http2Frame.SETTINGS.of(Http2Frame.ACK, Http2Frame.CONNECTION, Buffer.buffer()));
        } else if (Http2Frame.PING.hasCode(type) && (flags & Http2Frame.ACK) == 0) {
            out.accept(Http2Frame.PING.of(Http2Frame.ACK, Http2Frame.CONNECTION, payload.copy()));
        }
        boolean isOfStream = Http2Frame.DATA.hasCode(type) || Http2Frame.HEADERS.hasCode(type);
        if (isOfStream && (flags & Http2Frame.END_STREAM) != 0 || Http2Frame.RESET_STREAM.hasCode(type)) {
            complete();
        }
    }

    private void giveBack(int bytes) {
        taken += bytes;
        if (taken >= WINDOW_BYTES) {
            out.accept(Http2Frame.WINDOW_UPDATE.of(
                    Http2Frame.NO_FLAGS, Http2Frame.CONNECTION, Buffer.buffer().appendInt(taken)));
            taken = 0;
        }
    }

    private void complete() {
        boolean succeeded = message.length() >= GRPC_HEAD_BYTES;
        int status =
                !succeeded ? FAILED : isRead && !EtcdMessage.hasField(message, GRPC_HEAD_BYTES, 2) ? NOT_FOUND : OK;
        message = Buffer.buffer();
        answered.accept(new HttpAnswer(status, false, false, ""));
    }
}
