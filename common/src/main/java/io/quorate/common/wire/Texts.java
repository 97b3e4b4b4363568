package io.quorate.common.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;

/** Texts for people, in UTF-8. A text that is too long is cut and still arrives. */
final class Texts {
    private static final int BYTES_MAX = 1024;

    /** A char has at most three bytes in UTF-8. */
    private static final int CHARS_MAX = BYTES_MAX / 3;

    private Texts() {}

    static void write(BytesWriter out, String text) {
        boolean fits = text.length() <= CHARS_MAX || text.getBytes(UTF_8).length <= BYTES_MAX;
        out.writeString(fits ? text : text.substring(0, CHARS_MAX - 1) + '…');
    }

    static String read(BytesReader in) {
        return in.readString(BYTES_MAX);
    }
}
