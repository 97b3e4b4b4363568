package io.quorate.node.lsm.view;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.memtable.MemtableListener;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The versions of registers that were written not long ago. A write asks replicas only for the version that it must
 * exceed, and a read asks all but one for no more. While the keys that are written fit in here, such a question needs
 * no table.
 *
 * <p>What it says is what a get would find at that moment:
 *
 * <ul>
 *   <li>A record enters if it is the newest in its memtable, and above the {@code floor}: above all records in older
 *       memtables and in tables. So no newer one is anywhere.
 *   <li>Each newer record of a key that is here goes through a memtable. Its key leaves before the record can be seen,
 *       and enters again when the whole group can be.
 *   <li>A forgotten tombstone does not enter, since a reply about it tells more than its version.
 * </ul>
 *
 * <p>It has a fixed size, in sets of four. In a full set, a new key takes the place of any other. The log thread is the
 * only writer. Any thread reads.
 *
 * <pre>
 * slot := hash of the key: 128 bits | timestamp | session | counter | step | expiry, or -1 of a tombstone
 * </pre>
 */
public final class NewestVersions implements MemtableListener {
    private static final int WAYS = 4;
    private static final int SLOT_WORDS = 7;
    private static final int SET_BYTES = WAYS * SLOT_WORDS * Long.BYTES;
    private static final int LOCKS = 64;
    private static final int NO_SLOT = -1;
    private static final KeyHash EMPTY = new KeyHash(0, 0);

    private final long secretLow;
    private final long secretHigh;
    private final int sets;

    /** Each is for the sets whose number has its own as the remainder. Held for some tens of nanoseconds. */
    private final Object[] locks = new Object[LOCKS];

    private final long[] words;

    // The log thread.
    private final Map<KeyHash, Record> entering = new LinkedHashMap<>();
    private Version floor;
    private Version highest;
    private int victim;

    /**
     * @param bytes how much memory it takes. If it is less than a set needs, nothing is kept
     * @param floor no table has a higher version
     * @param secrets numbers that no client can guess. Drawn only if something is kept
     */
    public NewestVersions(long bytes, Version floor, LongSupplier secrets) {
        this.sets = (int) Math.min(bytes / SET_BYTES, Integer.MAX_VALUE / SET_BYTES);
        this.words = new long[sets * WAYS * SLOT_WORDS];
        this.floor = floor;
        this.highest = floor;
        this.secretLow = sets == 0 ? 0 : secrets.getAsLong();
        this.secretHigh = sets == 0 ? 0 : secrets.getAsLong();
        Arrays.setAll(locks, i -> new Object());
    }

    /** The version of a key, if it is here. From any thread. */
    public Optional<NewestVersion> get(Key stored) {
        if (sets == 0) {
            return Optional.empty();
        }
        KeyHash hash = hash(stored.bytes());
        int set = setOf(hash);
        synchronized (lockOf(set)) {
            int slot = find(set, hash);
            return slot == NO_SLOT ? Optional.empty() : Optional.of(NewestVersion.of(versionAt(slot), words[slot + 6]));
        }
    }

    /** From now on, records come from another memtable. On the log thread. */
    public void beginMemtable() {
        floor = highest;
    }

    @Override
    public void newestInMemtable(byte[] stored, Record record) {
        if (sets == 0 || !Keyspace.isRegister(stored)) {
            return;
        }
        highest = Version.max(highest, record.version());
        KeyHash hash = hash(stored);
        Leaving known = leave(hash, record.version());
        boolean isNewest =
                switch (known) {
                    case NEWER_STAYED -> false;
                    case LEFT -> true;
                    case WAS_NOT_HERE -> record.version().isAfter(floor) || entering.containsKey(hash);
                };
        if (isNewest) {
            entering.put(hash, record);
        }
    }

    private enum Leaving {
        WAS_NOT_HERE,
        NEWER_STAYED,
        LEFT
    }

    private Leaving leave(KeyHash hash, Version before) {
        int set = setOf(hash);
        synchronized (lockOf(set)) {
            int slot = find(set, hash);
            if (slot == NO_SLOT) {
                return Leaving.WAS_NOT_HERE;
            }
            if (versionAt(slot).isAfter(before)) {
                return Leaving.NEWER_STAYED;
            }
            words[slot] = EMPTY.low();
            words[slot + 1] = EMPTY.high();
            return Leaving.LEFT;
        }
    }

    /** All records that came so far can be seen. On the log thread. */
    public void published() {
        entering.forEach((hash, record) -> {
            if (!record.isForgotten()) {
                enter(hash, record);
            }
        });
        entering.clear();
    }

    private void enter(KeyHash hash, Record record) {
        int set = setOf(hash);
        synchronized (lockOf(set)) {
            int empty = find(set, EMPTY);
            write(empty == NO_SLOT ? victimIn(set) : empty, hash, record);
        }
    }

    private int find(int set, KeyHash hash) {
        int end = firstSlot(set + 1);
        for (int slot = firstSlot(set); slot < end; slot += SLOT_WORDS) {
            if (words[slot] == hash.low() && words[slot + 1] == hash.high()) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    private int victimIn(int set) {
        victim = (victim + 1) % WAYS;
        return firstSlot(set) + victim * SLOT_WORDS;
    }

    private void write(int slot, KeyHash hash, Record record) {
        words[slot] = hash.low();
        words[slot + 1] = hash.high();
        words[slot + 2] = record.version().timestamp();
        words[slot + 3] = record.version().session();
        words[slot + 4] = record.version().counter();
        words[slot + 5] = record.version().step();
        words[slot + 6] = NewestVersion.life(record);
    }

    private Version versionAt(int slot) {
        return new Version(words[slot + 2], words[slot + 3], words[slot + 4], words[slot + 5]);
    }

    private KeyHash hash(byte[] stored) {
        return KeyHash.of(secretLow, secretHigh, stored);
    }

    private int setOf(KeyHash hash) {
        return (int) ((hash.low() >>> 32) * sets >>> 32);
    }

    private Object lockOf(int set) {
        return locks[set % LOCKS];
    }

    private static int firstSlot(int set) {
        return set * WAYS * SLOT_WORDS;
    }
}
