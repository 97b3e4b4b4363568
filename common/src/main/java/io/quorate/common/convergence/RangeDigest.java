package io.quorate.common.convergence;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import java.util.Arrays;

/**
 * The digests of all slots for one range of keys. Immutable. The order in which the registers were added leaves no
 * trace in it.
 *
 * <pre>
 * digest := slots with entries: 32 bytes | slot digest, one for each of these slots in ascending order
 * slot   := count varint | high u64 | low u64 | open varint
 * </pre>
 */
public final class RangeDigest {
    private final SlotDigest[] slots;

    RangeDigest(SlotDigest[] slots) {
        this.slots = slots;
    }

    public SlotDigest slot(int slot) {
        return slots[slot];
    }

    /** The slots in which the two replicas differ. */
    public SlotSet differences(RangeDigest other) {
        return SlotSet.where(slot -> !slots[slot].isEqualTo(other.slots[slot]));
    }

    /** The slots with a key that a read has to settle. */
    public SlotSet openSlots() {
        return SlotSet.where(slot -> slots[slot].open() > 0);
    }

    public void write(BytesWriter out) {
        SlotSet used = SlotSet.where(slot -> !slots[slot].equals(SlotDigest.EMPTY));
        used.write(out);
        used.stream().forEach(slot -> {
            out.writeVarint(slots[slot].count());
            out.writeLong(slots[slot].high());
            out.writeLong(slots[slot].low());
            out.writeVarint(slots[slot].open());
        });
    }

    public static RangeDigest read(BytesReader in) {
        SlotSet used = SlotSet.read(in);
        SlotDigest[] slots = new SlotDigest[Slots.COUNT];
        Arrays.fill(slots, SlotDigest.EMPTY);
        used.stream()
                .forEach(slot ->
                        slots[slot] = new SlotDigest(in.readVarint(), in.readLong(), in.readLong(), in.readVarint()));
        return new RangeDigest(slots);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeDigest digest && Arrays.equals(slots, digest.slots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slots);
    }
}
