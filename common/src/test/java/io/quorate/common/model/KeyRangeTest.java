package io.quorate.common.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    private static final KeyRange B_TO_D = new KeyRange(Optional.of(Key.of("b")), Optional.of(Key.of("d")));

    @Test
    void aRangeHasItsStartAndNotItsEnd() {
        assertFalse(B_TO_D.contains(Key.of("az")));
        assertTrue(B_TO_D.contains(Key.of("b")));
        assertTrue(B_TO_D.contains(Key.of("cz")));
        assertFalse(B_TO_D.contains(Key.of("d")));
    }

    @Test
    void allKeysAreInTheRangeWithoutBounds() {
        assertTrue(KeyRange.ALL.contains(Key.of(new byte[] {0})));
        assertTrue(KeyRange.ALL.contains(Key.of(new byte[] {-1, -1})));
    }

    @Test
    void aPrefixEndsBeforeTheNextPrefix() {
        KeyRange range = KeyRange.ofPrefix(Key.of("ab"));
        assertTrue(range.contains(Key.of("ab")));
        assertTrue(range.contains(Key.of(new byte[] {'a', 'b', -1, -1})));
        assertFalse(range.contains(Key.of("ac")));
        assertFalse(range.contains(Key.of("aaz")));
    }

    @Test
    void thePrefixOfTheLastBytesSkipsThem() {
        KeyRange range = KeyRange.ofPrefix(Key.of(new byte[] {'a', -1, -1}));
        assertEquals(Optional.of(Key.of("b")), range.end());
        assertEquals(
                Optional.empty(), KeyRange.ofPrefix(Key.of(new byte[] {-1, -1})).end());
    }

    @Test
    void theIntersectionHasTheTighterBounds() {
        assertEquals(B_TO_D, B_TO_D.intersection(KeyRange.ALL));
        assertEquals(B_TO_D, KeyRange.ALL.intersection(B_TO_D));
        KeyRange cOn = KeyRange.from(Key.of("c"));
        assertEquals(new KeyRange(Optional.of(Key.of("c")), Optional.of(Key.of("d"))), cOn.intersection(B_TO_D));
        assertTrue(B_TO_D.intersection(KeyRange.from(Key.of("d"))).isEmpty());
        assertFalse(B_TO_D.isEmpty());
    }

    @Test
    void beyondAKeyIsWhatAScanHasLeft() {
        Key c = Key.of("c");
        assertEquals(
                new KeyRange(Optional.of(Key.of("c\0")), Optional.of(Key.of("d"))),
                B_TO_D.beyond(c, Direction.ASCENDING).orElseThrow());
        assertEquals(
                new KeyRange(Optional.of(Key.of("b")), Optional.of(c)),
                B_TO_D.beyond(c, Direction.DESCENDING).orElseThrow());
        assertEquals(Optional.empty(), B_TO_D.beyond(Key.of("b"), Direction.DESCENDING));
    }

    @Test
    void beyondTheLongestKeyComesTheNextShorterOne() {
        byte[] longest = new byte[Key.BYTES_MAX];
        longest[0] = 'k';
        Arrays.fill(longest, 1, longest.length, (byte) 0xff);
        assertEquals(
                Optional.of(KeyRange.from(Key.of("l"))), KeyRange.ALL.beyond(Key.of(longest), Direction.ASCENDING));
        longest[0] = (byte) 0xff;
        assertEquals(Optional.empty(), KeyRange.ALL.beyond(Key.of(longest), Direction.ASCENDING));
    }
}
