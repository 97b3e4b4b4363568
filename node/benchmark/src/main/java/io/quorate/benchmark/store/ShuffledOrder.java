package io.quorate.benchmark.store;

/**
 * Every number below a count once, in an order that the seed determines. It needs no memory, so that a fill of any size
 * measures the engine's. A number is mixed among all of as many bits, each step of which can be undone, until the
 * result is below the count (cycle walking, Black and Rogaway 2002). That takes fewer than two rounds on average.
 */
final class ShuffledOrder {
    private static final int STEPS = 3;
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private final int count;
    private final long mask;
    private final int shift;
    private final long seed;

    ShuffledOrder(int count, long seed) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(count - 1L);
        this.count = count;
        this.mask = (1L << bits) - 1;
        this.shift = (bits + 1) / 2;
        this.seed = seed;
    }

    /** @param place 0 to the count - 1 */
    int at(int place) {
        long mixed = place;
        do {
            mixed = mix(mixed);
        } while (mixed >= count);
        return (int) mixed;
    }

    private long mix(long number) {
        long mixed = number;
        for (int step = 0; step < STEPS; step++) {
            mixed = (mixed + seed + step) * FACTOR & mask;
            mixed ^= mixed >>> shift;
        }
        return mixed;
    }
}
