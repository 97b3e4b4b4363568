package io.quorate.coordinator.replica.delay;

import java.util.Arrays;

/**
 * The delays of the last answers, and their quantiles, without a cap. A slot counts the answers of one tick, and the
 * window is the last {@value #SLOTS} slots that have an answer. So it lasts a second while answers are frequent, and
 * longer while they are rare.
 *
 * <p>A delay is counted in a bucket. Four buckets double the delay, so a quantile is at most a quarter too high.
 */
final class DelayWindow {
    static final int SLOTS = 10;

    /** The shortest delay that is told apart is {@code 1 << SHORTEST_BITS} nanoseconds, about 65 microseconds. */
    private static final int SHORTEST_BITS = 16;

    private static final int BUCKETS = 84;

    private final int[][] slots = new int[SLOTS][BUCKETS];
    private final int[] totals = new int[BUCKETS];
    private int current;
    private boolean isCurrentEmpty = true;
    private int count;

    void add(long delayNs) {
        int bucket = bucketOf(delayNs);
        slots[current][bucket]++;
        totals[bucket]++;
        count++;
        isCurrentEmpty = false;
    }

    /** A tick has passed. The oldest slot is forgotten if the current one has an answer. */
    void turn() {
        if (isCurrentEmpty) {
            return;
        }
        current = (current + 1) % SLOTS;
        int[] oldest = slots[current];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            totals[bucket] -= oldest[bucket];
            count -= oldest[bucket];
        }
        Arrays.fill(oldest, 0);
        isCurrentEmpty = true;
    }

    void clear() {
        for (int[] slot : slots) {
            Arrays.fill(slot, 0);
        }
        Arrays.fill(totals, 0);
        count = 0;
        isCurrentEmpty = true;
    }

    int count() {
        return count;
    }

    /** The delay that {@code percent} of 100 answers do not exceed. There must be an answer. */
    long quantileNs(int percent) {
        assert count > 0;
        int rank = Math.floorDiv(count * percent + 99, 100);
        int seen = 0;
        int bucket = -1;
        while (seen < rank) {
            bucket++;
            seen += totals[bucket];
        }
        return endOf(bucket);
    }

    private static int bucketOf(long delayNs) {
        long quarters = Math.max(4, delayNs >> SHORTEST_BITS - 2);
        int octave = 61 - Long.numberOfLeadingZeros(quarters);
        int quarter = (int) (quarters >> octave) - 4;
        return Math.min(BUCKETS - 1, octave * 4 + quarter);
    }

    private static long endOf(int bucket) {
        return (bucket % 4 + 5L) << SHORTEST_BITS - 2 + bucket / 4;
    }
}
