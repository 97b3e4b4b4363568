package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Key;
import java.util.BitSet;

/**
 * About how many keys one target missed, without a look at the store. A bit stands for the hash of a key, so that a key
 * that is written often counts once. The number of bits that are not set yet tells how many keys there are (Whang,
 * Vander-Zanden, Taylor, "A Linear-Time Probabilistic Counting Algorithm", TODS 1990). It is off by about 1 % for a
 * large bound, while none is erased. An erased key frees its bit, which may stand for another key too. So there are up
 * to an eighth more keys than it says. The bits take half a byte for each hint that is allowed, and only while hints
 * wait. A batch that is refused leaves its keys counted until the next search of {@link TargetReplay}. Safe for use by
 * several threads.
 */
final class HintCount {
    private static final int BITS_PER_HINT = 4;

    private final int hintsMax;
    private final int bits;
    private BitSet hashes = new BitSet();
    private int set;
    private long oldestMs;

    HintCount(int hintsMax) {
        this.hintsMax = hintsMax;
        this.bits = Math.max(64, BITS_PER_HINT * hintsMax);
    }

    /** Counts a key. False if there are as many as allowed already. Then no key is taken, also none that has a hint. */
    synchronized boolean add(Key key, long ms) {
        if (waiting() >= hintsMax) {
            return false;
        }
        int bit = bitOf(key);
        if (hashes.get(bit)) {
            return true;
        }
        hashes.set(bit);
        set++;
        oldestMs = oldestMs == 0 ? ms : Math.min(oldestMs, ms);
        return true;
    }

    private int bitOf(Key key) {
        return (int) Long.remainderUnsigned(mixed(key.hashCode()), bits);
    }

    /** The last step of MurmurHash3 by Austin Appleby. The hashes of similar keys are similar. */
    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }

    /** The hint of a key is erased. The key counts again if it is missed again, and only once if it is erased twice. */
    synchronized void erased(Key key) {
        int bit = bitOf(key);
        if (hashes.get(bit)) {
            hashes.clear(bit);
            set--;
            oldestMs = set == 0 ? 0 : oldestMs;
        }
    }

    /** No key is left. */
    synchronized void clear() {
        hashes = new BitSet();
        set = 0;
        oldestMs = 0;
    }

    synchronized long waiting() {
        double free = (double) (bits - set) / bits;
        return Math.round(-bits * Math.log(free));
    }

    /** The time of the oldest write that was counted, in milliseconds since 1970, or 0 if there is none. */
    synchronized long oldestMs() {
        return waiting() == 0 ? 0 : oldestMs;
    }
}
