package io.quorate.node.lsm.table.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads share a cache that is much too small. Each block that they find is checked, at once and much later. */
class ConcurrentBlockCacheTest {
    private static final int THREADS = 6;
    private static final int BLOCKS = 120;
    private static final int READS = 50_000;
    private static final int HELD = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {2_000, 9_000, 30_000})
    void aReaderHasTheBlockThatItAskedForAsLongAsItHoldsIt(long bytesMax) throws Exception {
        BlockCache cache = new BlockCache(bytesMax);
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            Callable<Integer> reader = () -> read(cache, bytesMax, random);
            readers.add(threads.submit(reader));
        }
        for (Future<Integer> reader : readers) {
            assertTrue(reader.get() > 100, "almost nothing was found");
        }
        assertTrue(cache.statistics().evictions() > 1_000, cache.statistics() + "");
        assertEquals(NumberedBlocks.bytesFound(cache, BLOCKS), cache.bytes(), "the bytes of all blocks that are there");
    }

    private static int read(BlockCache cache, long bytesMax, Random random) {
        Block[] held = new Block[HELD];
        int[] numbers = new int[HELD];
        int found = 0;
        for (int i = 0; i < READS; i++) {
            int place = random.nextInt(HELD);
            if (held[place] != null) {
                NumberedBlocks.requireIs(held[place], numbers[place]);
            }
            int number = random.nextInt(random.nextBoolean() ? BLOCKS : BLOCKS / 8);
            Optional<Block> cached = cache.get(NumberedBlocks.table(number), NumberedBlocks.handle(number));
            held[place] = cached.orElseGet(() -> readThrough(cache, number));
            numbers[place] = number;
            NumberedBlocks.requireIs(held[place], number);
            found += cached.isPresent() ? 1 : 0;
            requireBound(cache, bytesMax);
        }
        return found;
    }

    private static Block readThrough(BlockCache cache, int number) {
        BlockHandle handle = NumberedBlocks.handle(number);
        boolean admitted = cache.admits(NumberedBlocks.table(number), handle);
        Block block = NumberedBlocks.block(number);
        if (admitted) {
            cache.put(NumberedBlocks.table(number), handle, block);
        }
        return block;
    }

    private static void requireBound(BlockCache cache, long bytesMax) {
        long bytes = cache.bytes();
        if (bytes < 0 || bytes > bytesMax) {
            throw new AssertionError(bytes + " bytes in a cache of " + bytesMax);
        }
    }
}
