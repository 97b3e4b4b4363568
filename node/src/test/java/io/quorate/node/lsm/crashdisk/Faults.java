package io.quorate.node.lsm.crashdisk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The faults to inject. Settings stay until they are set again. */
public final class Faults {
    /** A part of a file. */
    private record Range(String name, long from, long to) {
        boolean touches(String otherName, long otherFrom, long otherTo) {
            return name.equals(otherName) && from < otherTo && otherFrom < to;
        }
    }

    Predicate<Operation> omitted = Operation.none();
    Predicate<Operation> failing = Operation.none();
    Predicate<Operation> withoutRoom = Operation.none();
    Predicate<Operation> misdirected = Operation.none();
    LongPredicate withoutDescriptor = call -> false;
    int misdirectedByBytes;
    Predicate<Operation> withoutFirstSector = Operation.none();
    long roomBytes = CrashDisk.NO_LIMIT_BYTES;
    private Random parts = new Random(1);
    private Optional<Random> shortTransfers = Optional.empty();
    private final List<Range> unreadable = new ArrayList<>();
    private final Map<String, Long> readShifts = new HashMap<>();

    Faults() {}

    /** Forces that match do nothing and report success. */
    public void omit(Predicate<Operation> forces) {
        omitted = forces;
    }

    /**
     * Operations that match fail. A force that fails behaves as on Linux: the bytes stay readable and count as written.
     * So later forces succeed without them, and a loss of power loses them.
     */
    public void fail(Predicate<Operation> operations) {
        failing = operations;
    }

    /** The limit on the bytes of all files. A write that exceeds it ends in the middle, where the space ends. */
    public void roomBytes(long bytes) {
        roomBytes = bytes;
    }

    /**
     * Operations that match find no space, even if they overwrite, as on a file system that never overwrites. A write
     * gets some of its bytes down first.
     *
     * @param random says how many
     */
    public void findNoRoom(Predicate<Operation> operations, Random random) {
        withoutRoom = operations;
        parts = random;
    }

    /**
     * Calls that match find no file descriptor. They are counted from 0 in each life of the process: each listing,
     * opening and making of a file.
     */
    public void findNoDescriptor(LongPredicate calls) {
        withoutDescriptor = calls;
    }

    int partOf(int count) {
        return parts.nextInt(count);
    }

    /** From now on, reads and writes transfer only a part of the bytes asked for. */
    public void transferShort(Random random) {
        shortTransfers = Optional.of(random);
    }

    int shortened(int count) {
        return count > 1 && shortTransfers.isPresent()
                ? 1 + shortTransfers.get().nextInt(count)
                : count;
    }

    /** Reads that touch these bytes fail, each time. */
    public void makeUnreadable(String name, long offset, long count) {
        unreadable.add(new Range(name, offset, offset + count));
    }

    boolean isUnreadable(String name, long from, long to) {
        return !unreadable.isEmpty() && unreadable.stream().anyMatch(range -> range.touches(name, from, to));
    }

    /** Writes that match leave the first sector that they touch as it was, and report success. */
    public void loseFirstSector(Predicate<Operation> writes) {
        withoutFirstSector = writes;
    }

    /**
     * Writes that match go to a place that is so many bytes away, or to the front of the file if there is no such
     * place. They report success.
     */
    public void misdirectWrites(Predicate<Operation> writes, int byBytes) {
        misdirected = writes;
        misdirectedByBytes = byBytes;
    }

    /** Reads of this file return the bytes of a place that is so many bytes away. */
    public void misdirectReads(String name, long byBytes) {
        readShifts.put(name, byBytes);
    }

    long readShift(String name) {
        return readShifts.getOrDefault(name, 0L);
    }
}
