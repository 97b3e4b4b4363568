package io.quorate.node.lsm.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {
    /** The secret 00 01 ... 0f and the inputs 00 01 ... of the reference code's file {@code vectors.h}, 128 bits. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "1, da87c1d86b99af44347659119b22fc45",
        "2, 8177228da4a45dc7fca38bdef60affe4",
        "3, 9c70b60c5267a94e5f33b6b02985ed51",
        "15, 5493e99933b0a8117e08ec0f97cfc3d9"
    })
    void itIsTheHashOfTheReference(int length, String expected) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) i;
        }
        KeyHash hash = KeyHash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, input);
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(Long.reverseBytes(hash.low()))
                .putLong(Long.reverseBytes(hash.high()))
                .array();
        assertEquals(expected, HexFormat.of().formatHex(bytes));
    }
}
