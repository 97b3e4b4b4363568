package io.quorate.node.lsm.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The order of the nodes, for one writer and any number of readers without locks, as in LevelDB. The source is Pugh,
 * "Skip lists: a probabilistic alternative to balanced trees", CACM 1990. A node is linked from the lowest level up. On
 * each level its own link is written first. So a reader that meets the node on a level can go on from it, there and on
 * all levels below.
 */
final class SkipList {
    /** Four to this power is how many nodes it suits. */
    static final int HEIGHT_MAX = 12;

    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private final Nodes nodes;
    private final int[] first = new int[HEIGHT_MAX];
    private int random = 0x9e3779b9;

    SkipList(Nodes nodes) {
        this.nodes = nodes;
    }

    /** One node in four gets one more level. Only the distribution matters here, so there is no seed. */
    int nextHeight() {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return Math.min(HEIGHT_MAX, 1 + Integer.numberOfLeadingZeros(random) / 2);
    }

    /** The first node, or 0. */
    int first() {
        return next(0);
    }

    /** The node after this one, or 0. */
    int next(int node) {
        return next(node, 0);
    }

    /** The node after this one on a level, or 0. After 0 it is the first one of the level. */
    int next(int node, int level) {
        return node == 0 ? (int) LINK.getAcquire(first, level) : nodes.next(node, level);
    }

    private void setNext(int node, int level, int next) {
        if (node == 0) {
            LINK.setRelease(first, level, next);
        } else {
            nodes.setNext(node, level, next);
        }
    }

    /** The node with this key, or the first one after it, or 0. */
    int ceiling(long prefix, byte[] key) {
        int node = 0;
        int beyond = 0;
        for (int level = HEIGHT_MAX - 1; level >= 0; level--) {
            int next = next(node, level);
            while (next != beyond && next != 0 && nodes.compare(next, prefix, key) < 0) {
                node = next;
                next = next(node, level);
            }
            beyond = next;
        }
        return beyond;
    }

    /** The node with this key, or 0. */
    int find(long prefix, byte[] key) {
        int node = ceiling(prefix, key);
        return node != 0 && nodes.compare(node, prefix, key) == 0 ? node : 0;
    }

    /**
     * Adds a node whose key is not here yet. By the writer.
     *
     * @param before on each level a node before the key, or 0. A closer node makes it faster
     */
    void insert(long prefix, byte[] key, int node, int height, int[] before) {
        for (int level = 0; level < height; level++) {
            int last = before[level];
            int beyond = next(last, level);
            while (beyond != 0 && nodes.compare(beyond, prefix, key) < 0) {
                last = beyond;
                beyond = next(last, level);
            }
            nodes.setNext(node, level, beyond);
            setNext(last, level, node);
        }
    }

    /**
     * Makes {@code path[level]} the last node of each level, or 0 without one. {@code path[0]} is then the last node of
     * all.
     */
    int last(int[] path) {
        int node = 0;
        for (int level = HEIGHT_MAX - 1; level >= 0; level--) {
            for (int next = next(node, level); next != 0; next = next(node, level)) {
                node = next;
            }
            path[level] = node;
        }
        return node;
    }

    /**
     * Makes {@code path[level]} the last node below the key on each level, 0 where there is none, and returns the
     * first.
     */
    int floor(int[] path, long prefix, byte[] key) {
        descend(path, HEIGHT_MAX, prefix, key);
        return path[0];
    }

    /**
     * The node before {@code path[0]}, whose key this is, or 0. A link back in every node would find it at once, for
     * four more bytes an entry and one more write to each insert. The path makes that unnecessary. On the levels above
     * the node's height it is right already. Below them the way is short, three or four nodes in the mean.
     *
     * @param path as {@link #last}, {@link #floor} or this left it. Nodes may have been added since
     */
    int previous(int[] path, long prefix, byte[] key) {
        int height = 1;
        while (height < HEIGHT_MAX && path[height] == path[0]) {
            height++;
        }
        descend(path, height, prefix, key);
        return path[0];
    }

    /** Corrects the path below a level. From that level on it already holds nodes below the key. */
    private void descend(int[] path, int from, long prefix, byte[] key) {
        int node = from == HEIGHT_MAX ? 0 : path[from];
        int beyond = 0;
        for (int level = from - 1; level >= 0; level--) {
            int next = next(node, level);
            while (next != beyond && next != 0 && nodes.compare(next, prefix, key) < 0) {
                node = next;
                next = next(node, level);
            }
            beyond = next;
            path[level] = node;
        }
    }
}
