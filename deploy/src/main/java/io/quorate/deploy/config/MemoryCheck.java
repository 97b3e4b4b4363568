package io.quorate.deploy.config;

import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.options.StoreOptions;

/**
 * Checks what a node's store and its requests are to take against the memory of its process. A node that takes more
 * starts well, and runs out of memory once it is busy.
 */
final class MemoryCheck {
    private static final int MIB = 1 << 20;
    private static final int MEMTABLES = StoreOptions.DEFAULTS.memtables().countMax();
    private static final String MORE_MEMORY = ", or give the node more memory by QUORATE_MEMORY_MIB";

    private final ProcessMemory memory;
    private final Options options;

    MemoryCheck(ProcessMemory memory, Options options) {
        this.memory = memory;
        this.options = options;
    }

    void checkMemtables(int memtableBytes, int valueBytesMax) {
        if (!options.sound("memtableBytes", "valueBytesMax")) {
            return;
        }
        int most = memtableBytes;
        while (most > 0 && taken(most, valueBytesMax) > memtablesBytesMax()) {
            most = (most - 1) / MIB * MIB;
        }
        if (most < memtableBytes) {
            options.problem(
                    "memtableBytes",
                    memtableBytes + " takes up to " + mib(taken(memtableBytes, valueBytesMax)) + " for " + MEMTABLES
                            + " memtables, and there are " + mib(memory.directBytes()) + " outside the heap",
                    (most < valueBytesMax ? "lower valueBytesMax" : "allowed: up to " + most) + MORE_MEMORY);
        }
    }

    /**
     * The rest is for buffers of the network, and for what threads copy to read and write files. The default memtables
     * leave the smallest node little more.
     */
    private long memtablesBytesMax() {
        return memory.directBytes() / 8 * 7;
    }

    /** The last value of a memtable may pass its limit. */
    private static long taken(int memtableBytes, int valueBytesMax) {
        return MEMTABLES * (ChunkPool.bytesOf(memtableBytes) + valueBytesMax);
    }

    /**
     * An eighth of the heap is for everything but blocks, requests and filters.
     *
     * @param field the option to blame
     */
    void checkHeap(String field, long blockCacheBytes, long requestBytes) {
        long most = memory.heapBytes() / 8 * 7 - memory.filterBytesMax();
        if (options.sound("blockCacheMib", "requestMemoryMib") && blockCacheBytes + requestBytes > most) {
            options.problem(
                    field,
                    "blocks take up to " + mib(blockCacheBytes) + " of the heap, requests up to " + mib(requestBytes)
                            + " and filters up to " + mib(memory.filterBytesMax()) + ", and the heap has "
                            + mib(memory.heapBytes()),
                    "allowed: up to " + most / MIB + " for blockCacheMib and requestMemoryMib together" + MORE_MEMORY);
        }
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
