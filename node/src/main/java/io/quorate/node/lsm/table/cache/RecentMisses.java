package io.quorate.node.lsm.table.cache;

/**
 * Which blocks were read lately without being admitted, by 32 bits of their hash. The eight places of a set form a
 * queue: the newest pushes out the oldest.
 *
 * <p>Threads write the places without order. One may lose what another one remembers, which only delays an admission.
 * Two blocks with the same 32 bits only admit one too early.
 */
final class RecentMisses {
    private static final int WAYS = 8;
    private static final int COUNT_MAX = 1 << 26;

    private final int[] seen;

    /** @param count about how many misses to remember */
    RecentMisses(long count) {
        long wanted = Math.max(WAYS, Math.min(COUNT_MAX, count));
        this.seen = new int[(int) Long.highestOneBit(2 * wanted - 1)];
    }

    /** Whether the hash is remembered. Remembers it from now on. */
    boolean wasSeen(long hash) {
        int first = (int) hash & (seen.length - 1) & -WAYS;
        int print = (int) (hash >>> Integer.SIZE) | 1;
        for (int place = first; place < first + WAYS; place++) {
            if (seen[place] == print) {
                return true;
            }
        }
        System.arraycopy(seen, first, seen, first + 1, WAYS - 1);
        seen[first] = print;
        return false;
    }
}
