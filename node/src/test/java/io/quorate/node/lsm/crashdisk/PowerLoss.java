package io.quorate.node.lsm.crashdisk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One loss of power: which steps it leaves. */
final class PowerLoss {
    /** What disks write at once, and what page caches do. */
    private static final int[] SPLITS_BYTES = {512, 4096};

    private final Survivors survivors;
    private final long moment;
    private final Random random;

    /** @param steps how many steps there were in all */
    PowerLoss(Survivors survivors, long steps, Random random) {
        this.survivors = survivors;
        this.moment = random.nextLong(steps + 1);
        this.random = random;
    }

    /** Whether a change of a name is kept. */
    boolean keepsName(long stamp) {
        return switch (survivors) {
            case NOTHING -> false;
            case EVERYTHING, METADATA_WITHOUT_DATA -> true;
            case PREFIX -> stamp < moment;
            case RANDOM -> random.nextBoolean();
        };
    }

    /** The pieces of these writes that reach the disk, in the order in which they do. */
    List<UnsyncedWrite> kept(List<UnsyncedWrite> writes) {
        return switch (survivors) {
            case NOTHING, METADATA_WITHOUT_DATA -> List.of();
            case EVERYTHING -> writes;
            case PREFIX ->
                writes.stream().filter(write -> write.stamp() < moment).toList();
            case RANDOM -> anyPieces(writes);
        };
    }

    private List<UnsyncedWrite> anyPieces(List<UnsyncedWrite> writes) {
        List<UnsyncedWrite> pieces = new ArrayList<>();
        int splitBytes = SPLITS_BYTES[random.nextInt(SPLITS_BYTES.length)];
        for (UnsyncedWrite write : writes) {
            for (UnsyncedWrite piece : write.split(splitBytes)) {
                if (random.nextBoolean()) {
                    pieces.add(piece);
                }
            }
        }
        Collections.shuffle(pieces, random);
        return pieces;
    }

    /** Whether a file that got longer is longer, though the data may be missing. */
    boolean keepsSize() {
        return survivors == Survivors.METADATA_WITHOUT_DATA || survivors == Survivors.RANDOM && random.nextBoolean();
    }
}
