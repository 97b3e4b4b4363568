package io.quorate.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the reference implementation. */
class XxHash64Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0, ef46db3751d8e999",
        "'', 1, d5afba1336a3be4b",
        "'a', 0, d24ec4f1a98c6e5b",
        "'a', 1, dec2bc81c3cd46c6",
        "'abc', 0, 44bc2cf5ad770999",
        "'abc', 1, bea9ca8199328908",
        "'0123456789abcdef', 0, 5c5b90c34e376d0b",
        "'0123456789abcdef', 1, 95398bc8fb82b74d",
        "'Nobody inspects the spammish repetition', 0, fbcea83c8a378bf1",
        "'Nobody inspects the spammish repetition', 1, 43f425448d954db6",
        "'0123456789abcdef0123456789abcdef0123456789abcdef!', 0, bc7c85eebf06937f",
        "'0123456789abcdef0123456789abcdef0123456789abcdef!', 1, 577261727fb4ad1b"
    })
    void hashesAsTheReferenceDoes(String text, long seed, String expected) {
        byte[] bytes = text.getBytes(UTF_8);
        assertEquals(expected, Long.toHexString(XxHash64.hash(bytes, bytes.length, seed)));
    }
}
