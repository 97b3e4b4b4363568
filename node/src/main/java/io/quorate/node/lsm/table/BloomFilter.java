package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;

/**
 * Rules out most keys that are not in a table (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors",
 * 1970). All bits of a key are in one line of 512 bits. So a lookup takes one cache miss instead of one a bit (Putze,
 * Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). With 10 bits a key and 6 probes, about
 * one absent key in a hundred passes.
 *
 * <pre>
 * line := 8 words u64; which one is in the upper half of the hash, and which of its bits comes from the lower
 * </pre>
 */
final class BloomFilter {
    private static final int PROBES = 6;
    private static final int PROBES_MAX = 30;
    static final int LINE_WORDS = 8;
    private static final int LINES_MAX = 1 << 22;

    /** 2^32 divided by the golden ratio: times it, the upper bits are well mixed. */
    private static final int GOLDEN = 0x9e3779b9;

    /** The upper nine bits say which of 512. */
    private static final int BIT_SHIFT = Integer.SIZE - 9;

    private final int probes;
    private final long[] words;

    /** @param words of one or more whole lines */
    BloomFilter(int probes, long[] words) {
        this.probes = probes;
        this.words = words;
    }

    /** @param hashes one of each key, see {@link #hash} */
    static BloomFilter of(KeyHashes hashes, int bitsPerKey) {
        int lineBits = LINE_WORDS * Long.SIZE;
        long lines = Math.min(LINES_MAX, (hashes.count() * bitsPerKey + lineBits - 1) / lineBits);
        BloomFilter filter = new BloomFilter(PROBES, new long[(int) lines * LINE_WORDS]);
        hashes.forEach(filter::add);
        return filter;
    }

    private void add(long hash) {
        int line = lineOf(hash);
        int mixed = (int) hash;
        for (int probe = 0; probe < probes; probe++) {
            int bit = mixed >>> BIT_SHIFT;
            words[line + (bit >>> 6)] |= 1L << bit;
            mixed *= GOLDEN;
        }
    }

    boolean mayContain(long hash) {
        int line = lineOf(hash);
        int mixed = (int) hash;
        for (int probe = 0; probe < probes; probe++) {
            int bit = mixed >>> BIT_SHIFT;
            if ((words[line + (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
            mixed *= GOLDEN;
        }
        return true;
    }

    private int lineOf(long hash) {
        return lineOf(hash, words.length / LINE_WORDS) * LINE_WORDS;
    }

    /**
     * Which line has the bits of a key: the upper half of a number of 32 bits times the number of lines, for a
     * remainder (Lemire).
     */
    static int lineOf(long hash, int lines) {
        return (int) ((hash >>> 32) * lines >>> 32);
    }

    /** A hash of 64 bits: FNV-1a, then the finalizer of MurmurHash3. It is part of the format. */
    static long hash(byte[] key) {
        return hash(key, key.length);
    }

    /** The same, of the first bytes of an array. */
    static long hash(byte[] key, int bytes) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < bytes; i++) {
            hash = (hash ^ (key[i] & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** @throws MalformedException if no filter has so many probes or words */
    static void requireSound(int probes, int words) {
        boolean lines = words >= LINE_WORDS && words <= LINES_MAX * LINE_WORDS && words % LINE_WORDS == 0;
        if (probes < 1 || probes > PROBES_MAX || !lines) {
            throw new MalformedException("a filter with " + probes + " probes and " + words + " words");
        }
    }

    /** Puts all that follows into an array, from an index on. */
    static void readWords(BytesReader in, long[] words, int from) {
        for (int i = from; in.remaining() > 0; i++) {
            words[i] = in.readLong();
        }
    }

    int probes() {
        return probes;
    }

    /** How many words it has. */
    int length() {
        return words.length;
    }

    void writeWords(BytesWriter out, int from, int to) {
        for (int i = from; i < to; i++) {
            out.writeLong(words[i]);
        }
    }
}
