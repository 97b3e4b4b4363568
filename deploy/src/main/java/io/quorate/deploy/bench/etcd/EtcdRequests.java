package io.quorate.deploy.bench.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.deploy.bench.request.RandomValues;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.bench.request.Requests;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;

/**
 * Requests to etcd as bytes: gRPC over HTTP/2. A request is a copy of a template with another stream, key and value. So
 * they cost the generator about what those to Quorate cost.
 *
 * <pre>
 * HEADERS: method, scheme, path, authority, content-type, te
 * DATA:    0 | length: 4 bytes | PutRequest or RangeRequest of etcd's rpc.proto
 * </pre>
 */
final class EtcdRequests {
    private static final int KEY_FIELD = 1;
    private static final int VALUE_FIELD = 2;
    private static final int STREAM_OFFSET = 5;

    private final Template range;
    private final Template put;
    private final RandomValues values;

    /** @param key where the key begins */
    private record Template(byte[] bytes, int dataFrame, int key) {}

    EtcdRequests(int valueBytes, SplittableRandom random) {
        this.range = template("Range", Buffer.buffer());
        this.put = template("Put", field(VALUE_FIELD, new byte[valueBytes]));
        this.values = new RandomValues(valueBytes, random);
    }

    private static Template template(String method, Buffer afterKey) {
        byte[] key = Requests.key(0).getBytes(US_ASCII);
        Buffer message = field(KEY_FIELD, key).appendBuffer(afterKey);
        Buffer headers = Http2Frame.HEADERS.of(Http2Frame.END_HEADERS, 0, head("/etcdserverpb.KV/" + method));
        Buffer data = Http2Frame.DATA.of(
                Http2Frame.END_STREAM,
                0,
                Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message));
        int length = headers.length() + data.length();
        int keyAt = length - afterKey.length() - key.length;
        return new Template(headers.copy().appendBuffer(data).getBytes(), headers.length(), keyAt);
    }

    /** HPACK (RFC 7541) with names of its static table, and with nothing that changes a table. */
    private static Buffer head(String path) {
        Buffer block = Buffer.buffer(new byte[] {(byte) 0x83, (byte) 0x86}); // POST, http
        text(block.appendByte((byte) 0x04), path);
        text(block.appendByte((byte) 0x01), "localhost");
        text(block.appendByte((byte) 0x0f).appendByte((byte) 0x10), "application/grpc");
        text(block.appendByte((byte) 0x00), "te");
        text(block, "trailers");
        return block;
    }

    private static void text(Buffer block, String text) {
        block.appendByte((byte) text.length()).appendString(text);
    }

    /** Bytes in a message of protocol buffers. */
    private static Buffer field(int number, byte[] bytes) {
        Buffer field = Buffer.buffer().appendByte((byte) (number << 3 | 2));
        int rest = bytes.length;
        for (; rest > 0x7f; rest >>>= 7) {
            field.appendByte((byte) (rest & 0x7f | 0x80));
        }
        return field.appendByte((byte) rest).appendBytes(bytes);
    }

    Buffer of(RequestKind kind, long key, int stream) {
        Template template = kind == RequestKind.READ ? range : put;
        byte[] request = template.bytes.clone();
        Requests.writeKey(request, template.key, key);
        writeStream(request, STREAM_OFFSET, stream);
        writeStream(request, template.dataFrame + STREAM_OFFSET, stream);
        if (kind == RequestKind.WRITE) {
            values.writeInto(request);
        }
        return Buffer.buffer(request);
    }

    private static void writeStream(byte[] request, int at, int stream) {
        for (int i = 0; i < Integer.BYTES; i++) {
            request[at + i] = (byte) (stream >>> 8 * (3 - i));
        }
    }
}
