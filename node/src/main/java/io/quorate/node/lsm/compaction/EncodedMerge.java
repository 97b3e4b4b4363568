package io.quorate.node.lsm.compaction;

import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.EncodedEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Merges ascending cursors into one over all their keys, and shows the newest record of each key as it is stored. It
 * begins before the first entry.
 *
 * <p>The sources play a tournament, and each inner node of its tree remembers the loser (Knuth, TAOCP volume 3, section
 * 5.4.1). When the winner has moved on, it plays only against the losers on its way up. That takes half the comparisons
 * of a heap.
 */
final class EncodedMerge {
    private static final int NOBODY = -1;

    private final List<? extends EncodedCursor> sources;
    private final EncodedEntry[] heads;
    private final boolean[] ended;

    /** Place 0 is the winner's. The sons of place n are the places 2n and 2n + 1, and the sources follow the last. */
    private final int[] losers;

    private boolean begun;
    private byte[] key = new byte[64];
    private int keyBytes;

    /** Takes over ascending cursors. None of them has been advanced. */
    EncodedMerge(List<? extends EncodedCursor> sources) {
        this.sources = sources;
        this.heads = new EncodedEntry[sources.size()];
        this.ended = new boolean[sources.size()];
        this.losers = new int[Math.max(1, sources.size())];
    }

    /** Goes to the next key. False if there is none. */
    boolean advance() throws IOException {
        if (sources.isEmpty()) {
            return false;
        }
        if (begun) {
            passKey();
        } else {
            begin();
        }
        if (ended[losers[0]]) {
            return false;
        }
        keepKey();
        return true;
    }

    /** The newest record of the current key, until the next move. */
    EncodedEntry entry() {
        return heads[losers[0]];
    }

    private void begin() throws IOException {
        begun = true;
        Arrays.fill(losers, NOBODY);
        for (int source = 0; source < heads.length; source++) {
            moveOn(source);
        }
    }

    /** Passes the older records of the key too. They follow the newest one. */
    private void passKey() throws IOException {
        do {
            moveOn(losers[0]);
        } while (!ended[losers[0]] && heads[losers[0]].compareKey(key, keyBytes) == 0);
    }

    private void keepKey() {
        keyBytes = entry().keyBytes();
        if (keyBytes > key.length) {
            key = new byte[2 * keyBytes];
        }
        System.arraycopy(entry().keyArray(), 0, key, 0, keyBytes);
    }

    private void moveOn(int source) throws IOException {
        if (sources.get(source).advance()) {
            heads[source] = sources.get(source).entry();
        } else {
            ended[source] = true;
        }
        play(source);
    }

    /** At the beginning, the first who comes to a place waits there for the second. */
    private void play(int source) {
        int winner = source;
        for (int place = (source + heads.length) / 2; place > 0; place /= 2) {
            int other = losers[place];
            if (other == NOBODY) {
                losers[place] = winner;
                return;
            }
            if (isBefore(other, winner)) {
                losers[place] = winner;
                winner = other;
            }
        }
        losers[0] = winner;
    }

    /** By key. Of the same key the newest comes first, and of the same version the forgotten one. */
    private boolean isBefore(int one, int other) {
        if (ended[one] || ended[other]) {
            return !ended[one];
        }
        int order = heads[one].compareKey(heads[other].keyArray(), heads[other].keyBytes());
        return order == 0 ? heads[one].head().replaces(heads[other].head()) : order < 0;
    }
}
