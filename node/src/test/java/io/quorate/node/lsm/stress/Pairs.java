package io.quorate.node.lsm.stress;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the store must hold: pairs of keys that lie far apart and are always written in one batch. So a state that no
 * moment had shows as a pair with two versions. The content follows from pair and version. Safe for use by several
 * threads.
 */
final class Pairs {
    static final int COUNT = 700;

    private static final String FIRST = "a";
    private static final String SECOND = "z";
    private static final int PADDING_MAX = 160;
    private static final int ONE_IN_SO_MANY_IS_DELETED = 7;

    private final AtomicLongArray submitted = new AtomicLongArray(COUNT);
    private final AtomicLongArray acknowledged = new AtomicLongArray(COUNT);

    static Key first(int pair) {
        return key(FIRST, pair);
    }

    static Key second(int pair) {
        return key(SECOND, pair);
    }

    private static Key key(String side, int pair) {
        return Key.of(side + (10_000 + pair));
    }

    static int pairOf(Key key) {
        return Integer.parseInt(key.toString().replaceAll("\\D", "")) - 10_000;
    }

    static Record content(int pair, long version) {
        Version full = new Version(version, 1, pair, 0);
        if (version % ONE_IN_SO_MANY_IS_DELETED == 0) {
            return new Record(full, TOMBSTONE);
        }
        long mixed = (version * 31 + pair) * 0x9e3779b97f4a7c15L;
        String padding = Long.toHexString(mixed).repeat(PADDING_MAX / 16);
        return new Record(full, Value.of(pair + "/" + version + "/" + padding.substring((int) (mixed >>> 57))));
    }

    static List<Write> batch(int pair, long version) {
        Record record = content(pair, version);
        return List.of(new Write(Keyspace.DATA, first(pair), record), new Write(Keyspace.DATA, second(pair), record));
    }

    /** By the only thread that writes this pair. */
    long nextVersion(int pair) {
        return submitted.incrementAndGet(pair);
    }

    void acknowledged(int pair, long version) {
        acknowledged.accumulateAndGet(pair, version, Math::max);
    }

    long acknowledged(int pair) {
        return acknowledged.get(pair);
    }

    /** The versions that a read which begins now must see at least. */
    long[] floors() {
        long[] floors = new long[COUNT];
        for (int pair = 0; pair < COUNT; pair++) {
            floors[pair] = acknowledged.get(pair);
        }
        return floors;
    }

    /** @param floor what was acknowledged before the read began */
    void require(String where, int pair, Record found, long floor) {
        long version = found.version().timestamp();
        if (version < floor || version > submitted.get(pair)) {
            throw new AssertionError(where + " shows pair " + pair + " in version " + version + ". Version " + floor
                    + " was acknowledged before, and " + submitted.get(pair) + " is the newest");
        }
        if (version > 0 && !found.equals(content(pair, version))) {
            throw new AssertionError(where + " shows pair " + pair + " as " + found);
        }
    }
}
