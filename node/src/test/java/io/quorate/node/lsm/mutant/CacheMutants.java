package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** A block cache that mixes blocks up or grows, and memory that is used again while a reader holds it. */
final class CacheMutants {
    private static final String SHARD = SourceChange.besides(BlockCache.class, "CacheShard");

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a scan reads into memory that the next get of its thread uses",
                            Table.class,
                            "return handle -> blocks.read(handle, memory);",
                            "return blocks::readForNow;")
                    .noticedBy("table.cache.BlockCacheTest"),
            StoreMutant.of(
                            "the cache keeps a block in memory that is used again",
                            Table.class,
                            "Block block = blocks.read(handle);",
                            "Block block = blocks.readForNow(handle);")
                    .noticedBy("table.cache.BlockCacheTest"),
            StoreMutant.of(
                            "a reader trusts the tag of a slot",
                            SHARD,
                            "if (found.isOf(table, offset)) {",
                            "if (found != CachedBlock.NONE) {")
                    .noticedBy("table.cache.CacheInterleavingTest"),
            StoreMutant.of(
                            "two threads put blocks into the cache at once",
                            SHARD,
                            "synchronized void put(",
                            "void put(")
                    .noticedBy("table.cache.CacheInterleavingTest"),
            StoreMutant.of(
                            "a slot is filled before its bytes are counted",
                            SHARD,
                            "        bytes += added.bytes();\n        slots.setRelease(slot, added);\n        tags[slot] = added.hash();\n",
                            "        slots.setRelease(slot, added);\n        tags[slot] = added.hash();\n        bytes += added.bytes();\n")
                    .noticedBy("table.cache.CacheInterleavingTest"),
            StoreMutant.of(
                            "the cache makes room for a block after it has taken it",
                            SHARD,
                            "while (bytes + added.bytes() > bytesMax) {",
                            "while (bytes > bytesMax) {")
                    .noticedBy("table.cache.CacheInterleavingTest"),
            StoreMutant.of(
                            "the cache admits every block",
                            BlockCache.class,
                            "(shard.hasRoom() || misses.wasSeen(hash))",
                            "(shard.hasRoom() || !misses.wasSeen(hash) || true)")
                    .noticedBy("table.cache.BlockCacheTest"));

    private CacheMutants() {}
}
