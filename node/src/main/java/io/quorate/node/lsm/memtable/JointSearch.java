package io.quorate.node.lsm.memtable;

/**
 * Finds the places of several keys in the skip list at once. In each step it first reads the next node of every search,
 * and then moves every search on. A single search waits for memory most of the time, since it must see a node before it
 * knows the next one. Several independent searches wait together. For the writer only.
 */
final class JointSearch {
    /** About how many searches fit into the out-of-order window of a processor. */
    static final int KEYS_MAX = 8;

    private final Nodes nodes;
    private final SkipList list;
    private final Search[] searches = new Search[KEYS_MAX];
    private final Search[] underWay = new Search[KEYS_MAX];
    private int count;

    JointSearch(Nodes nodes, SkipList list) {
        this.nodes = nodes;
        this.list = list;
        for (int i = 0; i < KEYS_MAX; i++) {
            searches[i] = new Search(nodes, list);
        }
    }

    /** @return the number of this search among those that are made together */
    int add(long prefix, byte[] key) {
        searches[count].prefix = prefix;
        searches[count].key = key;
        return count++;
    }

    /** On each level the last node before the key, or 0, as {@link #run} found it. */
    int[] before(int search) {
        return searches[search].before;
    }

    void run() {
        if (count == 1) {
            list.floor(searches[0].before, searches[0].prefix, searches[0].key);
        } else {
            runJointly();
        }
        count = 0;
    }

    private void runJointly() {
        for (int i = 0; i < count; i++) {
            searches[i].begin();
            underWay[i] = searches[i];
        }
        int left = leaveOutEnded(count);
        while (left > 0) {
            for (int i = 0; i < left; i++) {
                Search search = underWay[i];
                search.nextPrefix = nodes.prefix(search.next);
            }
            for (int i = 0; i < left; i++) {
                underWay[i].step();
            }
            left = leaveOutEnded(left);
        }
    }

    private int leaveOutEnded(int from) {
        int left = 0;
        for (int i = 0; i < from; i++) {
            Search search = underWay[i];
            underWay[left] = search;
            left += search.level >= 0 ? 1 : 0;
        }
        return left;
    }

    /** One of them. Its position is between two nodes of a level, until the level is -1. */
    private static final class Search {
        private final Nodes nodes;
        private final SkipList list;
        private final int[] before = new int[SkipList.HEIGHT_MAX];
        private long prefix;
        private byte[] key;
        private int level;
        private int node;
        private int next;
        private int beyond;
        private long nextPrefix;

        Search(Nodes nodes, SkipList list) {
            this.nodes = nodes;
            this.list = list;
        }

        void begin() {
            node = 0;
            beyond = 0;
            level = SkipList.HEIGHT_MAX - 1;
            lookAhead();
        }

        void step() {
            if (isNextBelow()) {
                node = next;
            } else {
                beyond = next;
            }
            lookAhead();
        }

        private boolean isNextBelow() {
            return nextPrefix == prefix
                    ? nodes.compare(next, prefix, key) < 0
                    : Long.compareUnsigned(nextPrefix, prefix) < 0;
        }

        /** Goes down to where the next node is one that was not compared yet. */
        private void lookAhead() {
            int at = level;
            int following = list.next(node, at);
            while (following == 0 || following == beyond) {
                before[at] = node;
                if (--at < 0) {
                    break;
                }
                following = list.next(node, at);
            }
            level = at;
            next = following;
        }
    }
}
