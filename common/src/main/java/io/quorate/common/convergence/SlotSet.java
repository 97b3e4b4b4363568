package io.quorate.common.convergence;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/** Some of the slots. Immutable. */
public final class SlotSet {
    public static final SlotSet NONE = new SlotSet(new long[Slots.COUNT / Long.SIZE]);
    public static final SlotSet ALL = NONE.complement();

    private final long[] words;

    private SlotSet(long[] words) {
        this.words = words;
    }

    /** Those slots for which {@code IntStream} has a number from 0 to 255. */
    public static SlotSet of(IntStream slots) {
        long[] words = new long[NONE.words.length];
        slots.forEach(slot -> words[slot / Long.SIZE] |= 1L << slot);
        return new SlotSet(words);
    }

    /** Those slots of which this is true. */
    static SlotSet where(IntPredicate isIn) {
        long[] words = new long[NONE.words.length];
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            words[slot / Long.SIZE] |= isIn.test(slot) ? 1L << slot : 0;
        }
        return new SlotSet(words);
    }

    public boolean contains(int slot) {
        return (words[slot / Long.SIZE] & 1L << slot) != 0;
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** How many slots it has. */
    public int size() {
        return Arrays.stream(words).mapToInt(Long::bitCount).sum();
    }

    /** In ascending order. */
    public IntStream stream() {
        return BitSet.valueOf(words).stream();
    }

    public SlotSet with(SlotSet other) {
        return combined(other, (own, others) -> own | others);
    }

    public SlotSet without(SlotSet other) {
        return combined(other, (own, others) -> own & ~others);
    }

    private SlotSet combined(SlotSet other, LongBinaryOperator operator) {
        long[] combined = new long[words.length];
        Arrays.setAll(combined, word -> operator.applyAsLong(words[word], other.words[word]));
        return new SlotSet(combined);
    }

    private SlotSet complement() {
        return new SlotSet(Arrays.stream(words).map(word -> ~word).toArray());
    }

    /** 32 bytes: bit {@code slot % 64} of big-endian word {@code slot / 64}. */
    public void write(BytesWriter out) {
        Arrays.stream(words).forEach(out::writeLong);
    }

    public static SlotSet read(BytesReader in) {
        return new SlotSet(IntStream.range(0, NONE.words.length)
                .mapToLong(word -> in.readLong())
                .toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotSet slots && Arrays.equals(words, slots.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return size() + " slots";
    }
}
