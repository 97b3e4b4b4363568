package io.quorate.deploy.bench.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class KeyChoiceTest {
    private static final int KEYS = 1_000;
    private static final int DRAWS = 200_000;

    @Test
    void uniformKeysAreAllAboutAsOften() {
        long[] counts = draw(KeyChoice.UNIFORM);
        assertTrue(Arrays.stream(counts).min().orElseThrow() > DRAWS / KEYS / 2);
        assertTrue(Arrays.stream(counts).max().orElseThrow() < DRAWS / KEYS * 2);
    }

    @Test
    void theMostPopularZipfianKeyGetsTheShareThatYcsbGivesIt() {
        double share = (double) Arrays.stream(draw(KeyChoice.ZIPFIAN)).max().orElseThrow() / DRAWS;
        assertEquals(1 / 26.469, share, 0.003);
    }

    @Test
    void popularZipfianKeysAreScattered() {
        long[] counts = draw(KeyChoice.ZIPFIAN);
        long popularAmongTheFirst = Arrays.stream(counts, 0, 10)
                .filter(count -> count > DRAWS / 100)
                .count();
        assertTrue(
                popularAmongTheFirst <= 1,
                "popular keys stand together: " + Arrays.toString(Arrays.copyOf(counts, 10)));
    }

    private static long[] draw(KeyChoice choice) {
        LongSupplier keys = choice.over(KEYS, new SplittableRandom(7));
        long[] counts = new long[KEYS];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) keys.getAsLong()]++;
        }
        return counts;
    }
}
