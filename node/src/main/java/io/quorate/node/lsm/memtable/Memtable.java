package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.lifetime.References;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * The newest record of each key, and the records that it replaced here: a scan goes on seeing what it saw when it
 * began. One log segment has the same writes, and bounds the size.
 *
 * <p>Keys and encoded records lie in {@link Arena}s outside the heap. As objects, they would be copied by every young
 * collection until the next flush frees them. They would also fill the old generation for nothing. A skip list gives
 * the order. Point reads, and writes to a key that is already here, use a hash index.
 *
 * <p>The nodes of the list and the records have an arena each. A search goes from node to node, and nodes that lie
 * close together fit into the caches of the processor. Nodes among values would not.
 *
 * <p>The log thread is the only writer. It makes an address visible by a release, after everything there is written.
 * Readers take no lock, but hold a reference. The last one to give it back gives the chunks to the next memtable.
 */
public final class Memtable {
    private static final VarHandle BYTES;

    static {
        try {
            BYTES = MethodHandles.lookup().findVarHandle(Memtable.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final References references = new References();
    private final MemtableListener listener;
    private final long logNumber;
    private final Arena ofNodes;
    private final Arena ofStates;
    private final Nodes nodes;
    private final States states;
    private final SkipList ordered;
    private final HashIndex index;
    private final PutBatch collected = new PutBatch();
    private final int[] found = new int[PutBatch.PUTS_MAX];
    private final int[] searches = new int[PutBatch.PUTS_MAX];
    private final JointSearch search;
    private long bytes;
    private int forgotten;

    /** @param logNumber the segment that holds the same writes */
    public Memtable(long logNumber, ChunkPool pool) {
        this(logNumber, pool, MemtableListener.NONE);
    }

    public Memtable(long logNumber, ChunkPool pool, MemtableListener listener) {
        this.listener = listener;
        this.logNumber = logNumber;
        this.ofNodes = new Arena(pool);
        this.ofStates = new Arena(pool);
        this.nodes = new Nodes(ofNodes);
        this.states = new States(ofStates);
        this.ordered = new SkipList(nodes);
        this.index = new HashIndex(nodes);
        this.search = new JointSearch(nodes, ordered);
    }

    public long logNumber() {
        return logNumber;
    }

    /** How much memory it takes. From any thread. Threads other than the log thread see it a little late. */
    public long bytes() {
        return (long) BYTES.getOpaque(this);
    }

    /** How many entries came here that a merge may drop. On the log thread only. */
    public int forgotten() {
        return forgotten;
    }

    public boolean isEmpty() {
        return ordered.first() == 0;
    }

    /** Takes a reference. The caller knows of another one that is not given back meanwhile. */
    public void acquire() {
        references.acquire();
    }

    /** Gives a reference back. The last one ends all reading, and frees the memory for another memtable. */
    public void release() {
        if (references.release()) {
            ofNodes.release();
            ofStates.release();
        }
    }

    /** Makes the register at least as new as {@code record}. On the log thread only. Sequences never fall. */
    public void put(Key key, Record record, long sequence) {
        collect(key, record, sequence);
        putCollected();
    }

    /** A put that {@link #putCollected} completes at the latest. Many together take half the time of single puts. */
    public void collect(Key key, Record record, long sequence) {
        long prefix = Nodes.prefixOf(key.bytes());
        long hash = HashIndex.hash(prefix, key.bytes());
        if (!collected.takes(hash)) {
            putCollected();
        }
        collected.add(key.bytes(), prefix, hash, record, sequence);
    }

    /** Does the collected puts, in their order. */
    public void putCollected() {
        for (int i = 0; i < collected.count(); i++) {
            long prefix = collected.prefixes[i];
            byte[] key = collected.keys[i];
            found[i] = find(collected.hashes[i], prefix, key);
            if (found[i] == 0) {
                searches[i] = search.add(prefix, key);
            }
        }
        search.run();
        for (int i = 0; i < collected.count(); i++) {
            put(i);
        }
        collected.clear();
        BYTES.setOpaque(this, ofNodes.bytes() + ofStates.bytes() + index.bytes());
    }

    private void put(int i) {
        Record record = collected.records[i];
        long sequence = collected.sequences[i];
        forgotten += record.isForgotten() ? 1 : 0;
        if (found[i] == 0) {
            listener.newestInMemtable(collected.keys[i], record);
            add(collected.keys[i], collected.prefixes[i], collected.hashes[i], states.add(record, 0, sequence), i);
        } else {
            int newest = nodes.newest(found[i]);
            if (replaces(record, newest)) {
                listener.newestInMemtable(collected.keys[i], record);
                nodes.setNewest(found[i], states.add(record, newest, sequence));
            }
        }
    }

    /** {@link Record#replaces}. The state is decoded only if the versions are equal. */
    private boolean replaces(Record record, int newest) {
        int order = record.version().compareTo(states.version(newest));
        return order > 0 || order == 0 && record.isForgotten() && record.replaces(states.record(newest));
    }

    private void add(byte[] key, long prefix, long hash, int state, int i) {
        int height = ordered.nextHeight();
        int node = nodes.add(prefix, key, height, state);
        ordered.insert(prefix, key, node, height, search.before(searches[i]));
        index.put(hash, node);
    }

    private int find(long hash, long prefix, byte[] key) {
        int node = index.find(hash, prefix, key);
        return node != 0 || index.isComplete() ? node : ordered.find(prefix, key);
    }

    /** The newest record, also of a group that is not published yet. */
    public Optional<Record> get(Key key) {
        return get(key, Long.MAX_VALUE);
    }

    /** The record of the key as it was after the write of sequence {@code asOf}. */
    public Optional<Record> get(Key key, long asOf) {
        long prefix = Nodes.prefixOf(key.bytes());
        int node = find(HashIndex.hash(prefix, key.bytes()), prefix, key.bytes());
        int state = node == 0 ? 0 : states.asOf(nodes.newest(node), asOf);
        return state == 0 ? Optional.empty() : Optional.of(states.record(state));
    }

    /** Whether it has any record of the key. */
    public boolean holds(Key key) {
        long prefix = Nodes.prefixOf(key.bytes());
        return find(HashIndex.hash(prefix, key.bytes()), prefix, key.bytes()) != 0;
    }

    /**
     * The entries of a range as they were after the write of sequence {@code asOf}. The cursor passes over later ones.
     * If it goes on for long beside many writes, it may have to pass over all of those. Hold a reference.
     */
    public EncodedCursor cursor(KeyRange range, Direction direction, long asOf) {
        return new MemtableCursor(nodes, states, ordered, range, direction, asOf);
    }

    /** All entries with their newest records, the least key first. Hold a reference. */
    public EncodedCursor cursor() {
        return cursor(KeyRange.ALL, Direction.ASCENDING, Long.MAX_VALUE);
    }
}
