package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memtables of 1,000 bytes, of which 100 a second are assumed to be flushed: ten seconds for each. */
class FlushRateTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long BEGIN_NS = -3;

    private final FlushRate rate = new FlushRate(1_000, 100);

    private void flush(long bytes, long seconds) {
        rate.began(bytes, BEGIN_NS);
        rate.ended(bytes, BEGIN_NS + seconds * SECOND_NS);
    }

    @ParameterizedTest
    @CsvSource({
        // bytes flushed, in so many seconds, then measured a second
        "1000,  2, 300",
        "1000, 20,  75",
        "2000,  4, 300",
        " 100, 10,  95.5",
    })
    void aFullMemtableCountsHalfAndASmallOneLess(long bytes, long seconds, double expected) {
        flush(bytes, seconds);
        assertEquals(expected, rate.bytesPerSecond(BEGIN_NS), 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        // bytes of the memtable, seconds since its flush began, measured a second
        "1000,  0, 100",
        "1000, 10, 100",
        "1000, 20,  25",
        "1000, 40,   6.25",
        " 100, 10, 100",
        " 100, 20,  25",
        "2000, 20, 100",
        "2000, 40,  25",
    })
    void aFlushThatIsLateLowersItAtOnce(long bytes, long seconds, double expected) {
        rate.began(bytes, BEGIN_NS);
        assertEquals(expected, rate.bytesPerSecond(BEGIN_NS + seconds * SECOND_NS), 0.01);
    }

    @Test
    void onceALateFlushIsOverOnlyItsMeasureCounts() {
        flush(1_000, 40);
        assertEquals((100 + 25) / 2.0, rate.bytesPerSecond(BEGIN_NS + 1_000 * SECOND_NS));
    }

    @Test
    void aFlushThatMetAShortageSaysNothing() {
        rate.began(1_000, BEGIN_NS);
        rate.gaveUp();
        assertEquals(100, rate.bytesPerSecond(BEGIN_NS + 1_000 * SECOND_NS));
    }
}
