package io.quorate.deploy.data.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which lines may be under way together. */
class ImportWindowTest {
    private static final int MIB = 1 << 20;

    private final ImportWindow window = new ImportWindow(3);

    private static Key key(String text) {
        return Key.of(text.getBytes(UTF_8));
    }

    private boolean enter(long number, String key, int length) throws InterruptedException {
        return window.enter(number, key(key), length, 0);
    }

    @Test
    void twoLinesOfOneKeyGoOneAfterTheOther() throws InterruptedException {
        assertTrue(enter(1, "a", 10));
        assertFalse(enter(2, "a", 10));
        window.leave(1, key("a"), 10);
        assertTrue(enter(2, "a", 10));
    }

    @Test
    void theirNumberAndTheirBytesAreBounded() throws InterruptedException {
        assertTrue(enter(1, "a", 15 * MIB));
        assertFalse(enter(2, "b", 2 * MIB));
        assertTrue(enter(2, "b", 1 * MIB));
        window.leave(1, key("a"), 15 * MIB);
        assertTrue(enter(3, "c", 1));
        assertTrue(enter(4, "d", 1));
        assertFalse(enter(5, "e", 1));
        assertEquals(OptionalLong.of(2), window.first());
    }

    @Test
    void aLineOfMoreThanTheBoundGoesAlone() throws InterruptedException {
        assertTrue(enter(1, "a", 64 * MIB));
        assertFalse(enter(2, "b", 1));
        window.leave(1, key("a"), 64 * MIB);
        assertTrue(window.awaitEmpty(0));
    }
}
