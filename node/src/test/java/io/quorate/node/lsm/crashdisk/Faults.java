package io.quorate.node.lsm.crashdisk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** What is to go wrong. Settings stay until they are set again. */
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
    int misdirectedByBytes;
    long roomBytes = Long.MAX_VALUE / 4;
    private Random parts = new Random(1);
    private Optional<Random> shortTransfers = Optional.empty();
    private final List<Range> unreadable = new ArrayList<>();
    private final Map<String, Long> readShifts = new HashMap<>();

    Faults() {}

    /** Forces that this is true of do nothing and say that they did. */
    public void omit(Predicate<Operation> forces) {
        omitted = forces;
    }

    /**
     * Operations that this is true of fail. A force that fails leaves what it should have forced readable, takes it for
     * written, so that later forces succeed without it, and a loss of power loses it, as on Linux.
     */
    public void fail(Predicate<Operation> operations) {
        failing = operations;
    }

    /**
     * How much all files may hold. What makes a file longer than that ends where the room does, in the middle of it.
     */
    public void roomBytes(long bytes) {
        roomBytes = bytes;
    }

    /**
     * Operations that this is true of find no room, whatever they overwrite, as on a file system that never overwrites.
     * A write gets some of its bytes down first.
     *
     * @param random says how many
     */
    public void findNoRoom(Predicate<Operation> operations, Random random) {
        withoutRoom = operations;
        parts = random;
    }

    int partOf(int count) {
        return parts.nextInt(count);
    }

    /** From now on, reads and writes do a part of what they are asked for. */
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
        return unreadable.stream().anyMatch(range -> range.touches(name, from, to));
    }

    /** Writes that this is true of land so many bytes from where they should, and say that all is well. */
    public void misdirectWrites(Predicate<Operation> writes, int byBytes) {
        misdirected = writes;
        misdirectedByBytes = byBytes;
    }

    /** Reads of this file bring what is so many bytes from where they should look. */
    public void misdirectReads(String name, long byBytes) {
        readShifts.put(name, byBytes);
    }

    long readShift(String name) {
        return readShifts.getOrDefault(name, 0L);
    }
}
