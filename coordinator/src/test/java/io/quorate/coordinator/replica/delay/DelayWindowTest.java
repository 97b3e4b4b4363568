package io.quorate.coordinator.replica.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayWindowTest {
    private final DelayWindow window = new DelayWindow();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65_536, 65_537, 1_000_000, 20_000_001, 300_000_000, 2_000_000_000, 60_000_000_000L})
    void aDelayIsKnownToAQuarterAndHasNoCap(long delayNs) {
        window.add(delayNs);
        long foundNs = window.quantileNs(80);
        assertTrue(foundNs >= delayNs, () -> foundNs + " for " + delayNs);
        assertTrue(foundNs <= Math.max(delayNs, 1 << 16) * 5 / 4 + 1, () -> foundNs + " for " + delayNs);
    }

    @Test
    void aQuantileIsThatOfAllDelaysOfTheWindow() {
        Random random = new Random(1);
        long[] delaysNs = LongStream.generate(() -> (long) (1e6 * Math.exp(random.nextGaussian() * 2)))
                .limit(1_000)
                .toArray();
        LongStream.of(delaysNs).forEach(window::add);
        long[] sorted = LongStream.of(delaysNs).sorted().toArray();
        for (int percent : new int[] {1, 50, 80, 95, 100}) {
            long exactNs = sorted[percent * 10 - 1];
            long foundNs = window.quantileNs(percent);
            long highestNs = Math.max(exactNs, 1 << 16) * 5 / 4 + 1;
            assertTrue(foundNs >= exactNs && foundNs <= highestNs, percent + ": " + foundNs);
        }
    }

    @Test
    void theWindowIsTheLastTenTicksWithAnAnswer() {
        window.add(TimeUnit.SECONDS.toNanos(2));
        window.turn();
        for (int i = 0; i < 100; i++) {
            window.turn();
        }
        assertEquals(1, window.count());
        for (int i = 0; i < DelayWindow.SLOTS; i++) {
            window.add(1);
            window.turn();
        }
        assertEquals(DelayWindow.SLOTS - 1, window.count());
        assertTrue(window.quantileNs(100) < TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Test
    void aClearedWindowIsEmpty() {
        window.add(1);
        window.clear();
        assertEquals(0, window.count());
        window.add(TimeUnit.SECONDS.toNanos(1));
        assertTrue(window.quantileNs(1) >= TimeUnit.SECONDS.toNanos(1));
    }
}
