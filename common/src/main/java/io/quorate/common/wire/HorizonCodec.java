package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Horizon;

/**
 * A {@link Horizon} as bytes. A replica that never forgot anything tells it in one byte.
 *
 * <pre>
 * horizon := parts u8 | [age varint] | [later age varint | floor u64] | [fence u64]
 *
 * parts     7 6 5 4 3 2 1 0
 *           0 0 0 0 0 | | +-- 1: an age follows; otherwise it is 0
 *                     | +---- 1: a later age and a floor follow; otherwise they are 0
 *                     +------ 1: a fence follows; otherwise it is 0
 * </pre>
 */
final class HorizonCodec {
    private static final int PART_AGE = 1;
    private static final int PART_FLOOR = 2;
    private static final int PART_FENCE = 4;
    private static final int PARTS_MAX = 7;

    private HorizonCodec() {}

    static void write(BytesWriter out, Horizon horizon) {
        boolean hasFloor = horizon.laterAge() != 0 || horizon.floor() != 0;
        out.writeByte((horizon.age() != 0 ? PART_AGE : 0)
                | (hasFloor ? PART_FLOOR : 0)
                | (horizon.fence() != 0 ? PART_FENCE : 0));
        if (horizon.age() != 0) {
            out.writeVarint(horizon.age());
        }
        if (hasFloor) {
            out.writeVarint(horizon.laterAge());
            out.writeLong(horizon.floor());
        }
        if (horizon.fence() != 0) {
            out.writeLong(horizon.fence());
        }
    }

    static Horizon read(BytesReader in) {
        int parts = in.readByte();
        if (parts > PARTS_MAX) {
            throw new MalformedException("horizon with parts " + parts);
        }
        if (parts == 0) {
            return Horizon.NONE;
        }
        long age = (parts & PART_AGE) == 0 ? 0 : in.readVarint();
        boolean hasFloor = (parts & PART_FLOOR) != 0;
        long laterAge = hasFloor ? in.readVarint() : 0;
        long floor = hasFloor ? in.readLong() : 0;
        return new Horizon(age, laterAge, floor, (parts & PART_FENCE) == 0 ? 0 : in.readLong());
    }
}
