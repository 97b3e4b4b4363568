package io.quorate.deploy.bench.etcd;

import io.vertx.core.buffer.Buffer;

/** A message in the encoding of protocol buffers: https://protobuf.dev/programming-guides/encoding. */
final class EtcdMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private EtcdMessage() {}

    /** Whether the message that begins there has this field. {@code kvs} of a RangeResponse is 2. */
    static boolean hasField(Buffer bytes, int from, int number) {
        int at = from;
        while (at < bytes.length()) {
            long tag = varint(bytes, at);
            at += varintBytes(bytes, at);
            if (tag >>> 3 == number) {
                return true;
            }
            switch ((int) (tag & 7)) {
                case VARINT -> at += varintBytes(bytes, at);
                case LENGTH_DELIMITED -> at += varintBytes(bytes, at) + (int) varint(bytes, at);
                default -> throw new IllegalStateException("etcd sent a field of type " + (tag & 7));
            }
        }
        return false;
    }

    private static long varint(Buffer bytes, int from) {
        long value = 0;
        int at = from;
        int shift = 0;
        while (bytes.getByte(at) < 0) {
            value |= (long) (bytes.getByte(at++) & 0x7f) << shift;
            shift += 7;
        }
        return value | (long) bytes.getByte(at) << shift;
    }

    private static int varintBytes(Buffer bytes, int from) {
        int at = from;
        while (bytes.getByte(at) < 0) {
            at++;
        }
        return at + 1 - from;
    }
}
