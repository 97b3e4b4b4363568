package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;

/**
 * Tells of most keys that are not in a table that they are not (Bloom, "Space/Time Trade-offs in Hash Coding with
 * Allowable Errors", 1970; two hashes stand for all probes as in Kirsch and Mitzenmacher, ESA '06). With 10 bits a key
 * and 7 probes about one absent key in a hundred passes.
 *
 * <pre>
 * filter := probes u32 | number of words u32 | word u64*
 * </pre>
 */
final class BloomFilter {
    private static final int PROBES = 7;
    private static final int PROBES_MAX = 30;
    private static final int WORDS_MAX = 1 << 25;

    private final int probes;
    private final long[] words;

    private BloomFilter(int probes, long[] words) {
        this.probes = probes;
        this.words = words;
    }

    /** @param hashes one of each key, see {@link #hash}; the first {@code count} are used */
    static BloomFilter of(long[] hashes, int count, int bitsPerKey) {
        long wordCount = Math.min(WORDS_MAX, ((long) count * bitsPerKey + 63) / 64 + 1);
        BloomFilter filter = new BloomFilter(PROBES, new long[(int) wordCount]);
        for (int i = 0; i < count; i++) {
            filter.add(hashes[i]);
        }
        return filter;
    }

    private void add(long hash) {
        for (int probe = 0; probe < probes; probe++) {
            long bit = bitOf(hash, probe);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(long hash) {
        for (int probe = 0; probe < probes; probe++) {
            long bit = bitOf(hash, probe);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes the upper half of a 32-bit number times the number of bits instead of a remainder (Lemire). */
    private long bitOf(long hash, int probe) {
        int mixed = (int) hash + probe * ((int) (hash >>> 32) | 1);
        return Integer.toUnsignedLong(mixed) * (words.length * 64L) >>> 32;
    }

    /** A hash of 64 bits: FNV-1a, then the finalizer of MurmurHash3. It is part of the format. */
    static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    void write(BytesWriter out) {
        out.writeInt(probes);
        out.writeInt(words.length);
        for (long word : words) {
            out.writeLong(word);
        }
    }

    static BloomFilter read(BytesReader in) {
        int probes = in.readInt();
        int count = in.readInt();
        if (probes < 1 || probes > PROBES_MAX || count < 1 || count != in.remaining() / Long.BYTES) {
            throw new MalformedException("a filter with " + probes + " probes and " + count + " words");
        }
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = in.readLong();
        }
        in.requireEnd();
        return new BloomFilter(probes, words);
    }
}
