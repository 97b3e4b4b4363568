package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.maintenance.Flusher;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.mutant.SourceChange;
import java.util.List;
import java.util.stream.Stream;

/** What readers see too early: in an order that the writer must not have, or without a release or an acquire. */
final class PublicationMutants {
    private static final String PUBLICATION = SourceChange.besides(Committer.class, "Publication");
    private static final String NODES = SourceChange.besides(Memtable.class, "Nodes");
    private static final String SKIP_LIST = SourceChange.besides(Memtable.class, "SkipList");
    private static final String HASH_INDEX = SourceChange.besides(Memtable.class, "HashIndex");
    private static final String MERGE_INSTALLER = SourceChange.besides(Flusher.class, "MergeInstaller");

    private static final List<StoreMutant> ORDERS = Stream.of(
                    StoreMutant.of(
                            "a sequence is published before its writes",
                            PUBLICATION,
                            "        memtable.putCollected();\n        live.publish(sequence);",
                            "        live.publish(sequence);\n        memtable.putCollected();"),
                    StoreMutant.of(
                            "each write of a batch is published by itself",
                            PUBLICATION,
                            "memtable.collect(entry.key(), entry.record(), ++sequence);",
                            "memtable.put(entry.key(), entry.record(), ++sequence);\n        live.publish(sequence);"),
                    StoreMutant.of(
                            "a group is acknowledged before it is visible",
                            Committer.class,
                            "        writer.publish(group);\n        completeGroup();",
                            "        List<QueuedTask.Batch> whole = List.copyOf(group);\n"
                                    + "        completeGroup();\n        writer.publish(whole);"),
                    StoreMutant.of(
                            "a view is closed before the next one is there",
                            LiveView.class,
                            "        view = change.apply(old);\n        old.close();",
                            "        old.close();\n        view = change.apply(old);"),
                    StoreMutant.of(
                            "the inputs of a merge go before its outputs come",
                            MERGE_INSTALLER,
                            "            live.update(view -> view.compacted(merge.inputNumbers(), outputs));",
                            "            live.update(view -> view.compacted(merge.inputNumbers(), List.of()));\n"
                                    + "            live.update(view -> view.compacted(java.util.Set.of(), outputs));"))
            .map(mutant -> mutant.noticedBy("interleaving.InterleavingTest"))
            .toList();

    private static final List<StoreMutant> WEAK_MEMORY = Stream.of(
                    StoreMutant.of(
                            "a node is linked before its own link is set",
                            SKIP_LIST,
                            "            nodes.setNext(node, level, beyond);\n            setNext(last, level, node);",
                            "            setNext(last, level, node);\n            nodes.setNext(node, level, beyond);"),
                    StoreMutant.of(
                            "a node is linked from the highest level down",
                            SKIP_LIST,
                            "for (int level = 0; level < height; level++) {",
                            "for (int level = height - 1; level >= 0; level--) {"),
                    StoreMutant.of(
                            "a link is set without a release",
                            NODES,
                            "arena.setIntRelease(node, LINKS_AT",
                            "arena.setInt(node, LINKS_AT"),
                    StoreMutant.of(
                            "a link is read without an acquire",
                            NODES,
                            "arena.getIntAcquire(node, LINKS_AT",
                            "arena.getInt(node, LINKS_AT"),
                    StoreMutant.of(
                            "the first link is set without a release",
                            SKIP_LIST,
                            "LINK.setRelease(first",
                            "LINK.set(first"),
                    StoreMutant.of(
                            "the first link is read without an acquire",
                            SKIP_LIST,
                            "LINK.getAcquire(first",
                            "LINK.get(first"),
                    StoreMutant.of(
                            "a new state is shown without a release",
                            NODES,
                            "arena.setIntRelease(node, NEWEST_AT",
                            "arena.setInt(node, NEWEST_AT"),
                    StoreMutant.of(
                            "the newest state is read without an acquire",
                            NODES,
                            "arena.getIntAcquire(node, NEWEST_AT",
                            "arena.getInt(node, NEWEST_AT"),
                    StoreMutant.of(
                            "a slot of the hash index is set without a release",
                            HASH_INDEX,
                            "SLOT.setRelease(slots",
                            "SLOT.set(slots"),
                    StoreMutant.of(
                            "a slot of the hash index is read without an acquire",
                            HASH_INDEX,
                            "SLOT.getAcquire(slots",
                            "SLOT.get(slots"),
                    StoreMutant.of(
                            "a larger shard is shown without a release",
                            HASH_INDEX,
                            "SHARD.setRelease(shards",
                            "SHARD.set(shards"),
                    StoreMutant.of(
                            "a larger shard is read without an acquire",
                            HASH_INDEX,
                            "SHARD.getAcquire(shards",
                            "SHARD.get(shards"),
                    StoreMutant.of(
                            "a larger shard is shown before it has the keys",
                            HASH_INDEX,
                            "        long[] grown = new long[old == null ? SLOTS_MIN : old.length * 2];\n",
                            "        long[] grown = new long[old == null ? SLOTS_MIN : old.length * 2];\n"
                                    + "        SHARD.setRelease(shards, shard, grown);\n"))
            .map(mutant -> mutant.noticedBy("memtable.WeakMemoryTest"))
            .toList();

    static final List<StoreMutant> ALL =
            Stream.concat(ORDERS.stream(), WEAK_MEMORY.stream()).toList();

    private PublicationMutants() {}
}
