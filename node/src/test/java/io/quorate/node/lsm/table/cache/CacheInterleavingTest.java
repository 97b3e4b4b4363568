package io.quorate.node.lsm.table.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.interleaving.Interleaving;
import io.quorate.node.mutant.PatchedClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The block cache, with other threads between any two of its statements. */
@Timeout(60)
class CacheInterleavingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> DIVIDED = List.of(CacheShard.class.getName());
    private static final int SEEDS = 10;

    @TempDir
    Path directory;

    @Test
    void readersFindRightBlocksAndTheBoundHoldsWhereverAnotherThreadComes() throws Exception {
        try (PatchedClasses divided = Interleaving.compile(DIVIDED, ROOT, directory)) {
            LongFunction<Optional<String>> others = divided.schedules(OthersInTheCache.class);
            for (long seed = 1; seed <= SEEDS; seed++) {
                assertEquals(Optional.empty(), others.apply(seed));
            }
        }
    }
}
