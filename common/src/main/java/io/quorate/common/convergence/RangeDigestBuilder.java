package io.quorate.common.convergence;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.XxHash64;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import java.util.stream.IntStream;

/**
 * Adds registers to a {@link RangeDigest}. The hash of a register covers its key, its version and whether it is a
 * tombstone. The content needs no hash: one version is one content (I2), and merges empty what has expired. For one
 * thread.
 *
 * <pre>
 * hashed := timestamp u64 | session u64 | counter u64 | step u64 | tombstone u8 | key
 * hash   := XXH64 with seed 1 (high), XXH64 with seed 2 (low)
 * </pre>
 */
public final class RangeDigestBuilder {
    private static final long HIGH_SEED = 1;
    private static final long LOW_SEED = 2;

    private final long[] counts = new long[Slots.COUNT];
    private final long[] high = new long[Slots.COUNT];
    private final long[] low = new long[Slots.COUNT];
    private final long[] open = new long[Slots.COUNT];
    private final BytesWriter hashed = new BytesWriter(128);

    /**
     * Takes one key.
     *
     * @param isOpen whether a read has to settle it. An unwritten register counts only for that
     */
    public void add(Key key, Record register, boolean isOpen) {
        int slot = Slots.of(key);
        open[slot] += isOpen ? 1 : 0;
        if (!register.equals(Record.NEVER_WRITTEN)) {
            hash(key, register);
            counts[slot]++;
            addTo(
                    slot,
                    XxHash64.hash(hashed.array(), hashed.length(), HIGH_SEED),
                    XxHash64.hash(hashed.array(), hashed.length(), LOW_SEED));
        }
    }

    private void hash(Key key, Record register) {
        Version version = register.version();
        hashed.clear();
        hashed.writeLong(version.timestamp());
        hashed.writeLong(version.session());
        hashed.writeLong(version.counter());
        hashed.writeLong(version.step());
        hashed.writeFlag(register.isTombstone());
        hashed.writeBytes(key.bytes());
    }

    /** The sum of two numbers of 128 bits. */
    private void addTo(int slot, long highPart, long lowPart) {
        low[slot] += lowPart;
        boolean carries = Long.compareUnsigned(low[slot], lowPart) < 0;
        high[slot] += highPart + (carries ? 1 : 0);
    }

    public RangeDigest build() {
        return new RangeDigest(IntStream.range(0, Slots.COUNT)
                .mapToObj(slot -> new SlotDigest(counts[slot], high[slot], low[slot], open[slot]))
                .toArray(SlotDigest[]::new));
    }
}
