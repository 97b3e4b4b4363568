package io.quorate.node.lsm.table.cache;

import io.quorate.node.lsm.Overlap;
import io.quorate.node.lsm.interleaving.Interleaving;
import io.quorate.node.lsm.table.block.Block;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * A reader between any two statements of a writer of the cache, a writer between any two of a reader, and two writers
 * at once. Says of a seed what went wrong.
 */
public final class OthersInTheCache implements LongFunction<Optional<String>> {
    private static final int BYTES_MAX = 4_000;
    private static final int BLOCKS = 40;
    private static final int CALLS = 300;

    private Random random = new Random(0);
    private BlockCache cache = new BlockCache(0);

    @Override
    public Optional<String> apply(long seed) {
        random = new Random(seed);
        cache = new BlockCache(BYTES_MAX);
        try {
            readersBesideAWriter();
            writersBesideAReader();
            twoWriters();
            return Optional.empty();
        } catch (AssertionError | RuntimeException | InterruptedException e) {
            return Optional.of("seed " + seed + ": " + e);
        } finally {
            Interleaving.let(() -> {});
        }
    }

    /** The blocks in the slots take no more than the cache says, and that is no more than it may. */
    private void readersBesideAWriter() {
        Interleaving.let(() -> {
            long found = NumberedBlocks.bytesFound(cache, BLOCKS);
            require(found <= cache.bytes(), "blocks of " + found + " bytes in " + cache.bytes());
            require(cache.bytes() <= BYTES_MAX, cache.bytes() + " bytes of " + BYTES_MAX);
        });
        for (int call = 0; call < CALLS; call++) {
            put(random.nextInt(BLOCKS));
        }
        Interleaving.let(() -> {});
        long found = NumberedBlocks.bytesFound(cache, BLOCKS);
        require(found == cache.bytes(), "blocks of " + found + " bytes count as " + cache.bytes());
    }

    private void writersBesideAReader() {
        Interleaving.let(() -> put(random.nextInt(BLOCKS)));
        for (int call = 0; call < CALLS; call++) {
            int number = random.nextInt(BLOCKS);
            Optional<Block> found = cache.get(NumberedBlocks.table(number), NumberedBlocks.handle(number));
            found.ifPresent(block -> NumberedBlocks.requireIs(block, number));
        }
    }

    private void twoWriters() throws InterruptedException {
        Interleaving.let(() -> {});
        int other = BLOCKS;
        Overlap overlap = new Overlap(() -> put(other));
        cache.forget(NumberedBlocks.table(0));
        Interleaving.let(overlap::hold);
        overlap.run(() -> put(BLOCKS + 1));
        require(overlap.waited(), "two threads wrote at once");
    }

    private void put(int number) {
        cache.put(NumberedBlocks.table(number), NumberedBlocks.handle(number), NumberedBlocks.block(number));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
