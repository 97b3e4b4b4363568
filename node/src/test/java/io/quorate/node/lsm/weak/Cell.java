package io.quorate.node.lsm.weak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that was ever stored in one place: a byte of a buffer, or an element of an array. */
final class Cell {
    /** @param stamp when the writer stored it, 0 for what was there before */
    private record Stored(long stamp, Object value, boolean released) {}

    private final List<Stored> history = new ArrayList<>();
    private int reader;
    private long lastRead;

    Cell(Object before) {
        history.add(new Stored(0, before, false));
    }

    void store(long stamp, Object value, boolean release) {
        history.add(new Stored(stamp, value, release));
    }

    /** Since when this reader must not see older values: what it knows, or has read here already. */
    long floor(int readerNow, long known) {
        return reader == readerNow ? Math.max(known, lastRead) : known;
    }

    /** A moment that a read may see, from {@code floor} on. Old and new values come more often than those between. */
    long anyMoment(long floor, Random random) {
        int first = indexAt(floor);
        int count = history.size() - first;
        int chosen = count == 1 ? 0 : random.nextInt(3) == 0 ? random.nextInt(count) : random.nextInt(2) * (count - 1);
        return Math.max(floor, history.get(first + chosen).stamp);
    }

    private int indexAt(long moment) {
        int index = history.size() - 1;
        while (history.get(index).stamp > moment) {
            index--;
        }
        return index;
    }

    Object read(long moment, int readerNow) {
        reader = readerNow;
        lastRead = moment;
        return history.get(indexAt(moment)).value;
    }

    /** What a reader knows that acquires the value of this moment: all that the writer did before it released it. */
    long knownFrom(long moment) {
        Stored stored = history.get(indexAt(moment));
        return stored.released ? stored.stamp : 0;
    }
}
