package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Base64;

/**
 * The bytes of a value as a string of JSON, which is made piece by piece. The string may be six times as long as the
 * bytes, so it never exists as a whole.
 */
public final class JsonBytes implements JsonSerializable {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    /** A multiple of 3, so that the Base64 of each piece ends without padding. */
    private static final int PIECE_BYTES = 12 << 10;

    private final byte[] bytes;
    private final boolean isText;

    private JsonBytes(byte[] bytes, boolean isText) {
        this.bytes = bytes;
        this.isText = isText;
    }

    static JsonBytes of(byte[] bytes) {
        return new JsonBytes(bytes, isUtf8(bytes));
    }

    /** Whether the string is the text itself. Otherwise it is Base64. */
    boolean isText() {
        return isText;
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, 4 << 10));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }

    /** Appends the text of the next bytes, without quotes. Returns where the rest begins, or -1 at the end. */
    int writePiece(int from, ByteArrayOutputStream out) {
        int to = Math.min(bytes.length, from + PIECE_BYTES);
        if (isText) {
            writeEscaped(from, to, out);
        } else {
            out.writeBytes(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to)));
        }
        return to == bytes.length ? -1 : to;
    }

    /** All bytes of UTF-8 above 0x7f stand for themselves. */
    private void writeEscaped(int from, int to, ByteArrayOutputStream out) {
        int plain = from;
        for (int at = from; at < to; at++) {
            byte next = bytes[at];
            if (next >= 0 && next < ' ' || next == '"' || next == '\\') {
                out.write(bytes, plain, at - plain);
                writeEscape(next, out);
                plain = at + 1;
            }
        }
        out.write(bytes, plain, to - plain);
    }

    private static void writeEscape(byte escaped, ByteArrayOutputStream out) {
        out.write('\\');
        switch (escaped) {
            case '"', '\\' -> out.write(escaped);
            case '\b' -> out.write('b');
            case '\t' -> out.write('t');
            case '\n' -> out.write('n');
            case '\f' -> out.write('f');
            case '\r' -> out.write('r');
            default -> {
                out.writeBytes(new byte[] {'u', '0', '0'});
                out.write(HEX[escaped >> 4]);
                out.write(HEX[escaped & 0xf]);
            }
        }
    }

    /** The whole string, where it is short or goes nowhere but to a file. */
    @Override
    public void serialize(JsonGenerator out, SerializerProvider unused) throws IOException {
        out.writeString(toString());
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializerProvider provider, TypeSerializer unused)
            throws IOException {
        serialize(out, provider);
    }

    @Override
    public String toString() {
        return isText ? new String(bytes, UTF_8) : Base64.getEncoder().encodeToString(bytes);
    }
}
