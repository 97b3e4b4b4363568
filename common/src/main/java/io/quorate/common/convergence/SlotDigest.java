package io.quorate.common.convergence;

/**
 * What a replica holds of one slot in a range of keys, in a few numbers. If two replicas hold the same, the numbers are
 * equal. If they differ in a version, the sums are equal with a probability of 2^-128.
 *
 * @param count how many keys have a register
 * @param high the upper half of the sum modulo 2^128 of a hash of each register: see {@link RangeDigest}
 * @param low the lower half
 * @param open how many keys wait for a read to settle them: their conditional write is unfinished, or their value has
 *     expired
 */
public record SlotDigest(long count, long high, long low, long open) {
    public static final SlotDigest EMPTY = new SlotDigest(0, 0, 0, 0);

    /** Whether both replicas hold the same registers. */
    public boolean isEqualTo(SlotDigest other) {
        return count == other.count && high == other.high && low == other.low;
    }
}
