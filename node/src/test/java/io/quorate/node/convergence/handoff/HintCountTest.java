package io.quorate.node.convergence.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintCountTest {
    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 900_000})
    void aThousandKeysOrAMillionAreCountedToWithinThreePercent(int keys) {
        HintCount count = new HintCount(1_000_000);
        for (int i = 0; i < keys; i++) {
            assertTrue(count.add(Key.of("key-" + i), 1));
        }
        assertEquals(keys, count.waiting(), keys * 0.03);
    }

    @Test
    void tenWritesOfOneKeyCountOnce() {
        HintCount count = new HintCount(10);
        for (int i = 0; i < 10; i++) {
            count.add(Key.of("k"), 1);
        }
        assertEquals(1, count.waiting());
    }

    @Test
    void beyondTheBoundNoKeyIsTaken() {
        HintCount count = new HintCount(1_000);
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            taken += count.add(Key.of("key-" + i), 1) ? 1 : 0;
        }
        assertEquals(1_000, count.waiting(), 30);
        assertEquals(1_000, taken, 50);
        assertFalse(count.add(Key.of("key-0"), 1));
    }

    @Test
    void aBoundOfZeroTakesNothing() {
        HintCount count = new HintCount(0);
        assertFalse(count.add(Key.of("k"), 1));
        assertEquals(0, count.waiting());
    }

    @Test
    void erasedKeysAndClearedOnesDoNotWait() {
        HintCount count = new HintCount(1_000);
        count.add(Key.of("a"), 7);
        count.add(Key.of("b"), 5);
        assertEquals(5, count.oldestMs());
        count.erased(Key.of("b"));
        assertEquals(1, count.waiting());
        count.clear();
        assertEquals(0, count.waiting());
        assertEquals(0, count.oldestMs());
    }

    /** A target that comes and goes misses the same keys again. They must not make others count less. */
    @Test
    void keysThatAreMissedAndErasedManyTimesCountWhileTheyWait() {
        HintCount count = new HintCount(1_000);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 100; i++) {
                assertTrue(count.add(Key.of("key-" + i), 1));
            }
            assertEquals(100, count.waiting(), 5, "round " + round);
            for (int i = 0; i < 100; i++) {
                count.erased(Key.of("key-" + i));
                count.erased(Key.of("key-" + i));
            }
            assertEquals(0, count.waiting());
            assertEquals(0, count.oldestMs());
        }
    }

    @Test
    void ofManyKeysOfWhichHalfAreErasedAboutHalfWait() {
        HintCount count = new HintCount(100_000);
        for (int i = 0; i < 90_000; i++) {
            count.add(Key.of("key-" + i), 1);
        }
        for (int i = 0; i < 45_000; i++) {
            count.erased(Key.of("key-" + i));
        }
        assertEquals(45_000, count.waiting(), 45_000 * 0.125);
    }
}
