package io.quorate.node.lsm.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.weak.Redirected;
import io.quorate.node.mutant.PatchedClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers beside the log thread see what was published, also on a processor whose memory is weaker than that of x86:
 * see {@link io.quorate.node.lsm.weak.WeakMemory}.
 */
class WeakMemoryTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int SEEDS = 40;

    /** All classes with memory that readers and the log thread share. */
    private static final List<String> SHARING = Stream.of(
                    Arena.class, Nodes.class, States.class, SkipList.class, HashIndex.class)
            .map(Class::getName)
            .toList();

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("unchecked") // by its declaration
    void aReaderSeesAllThatWasPublishedAndNothingTorn() throws Exception {
        try (PatchedClasses redirected = Redirected.compile(SHARING, ROOT, directory)) {
            LongFunction<Optional<String>> readers = (LongFunction<Optional<String>>) redirected
                    .loadClass(WeakReaders.class.getName())
                    .getConstructor()
                    .newInstance();
            for (long seed = 1; seed <= SEEDS; seed++) {
                assertEquals(Optional.empty(), readers.apply(seed));
            }
        }
    }
}
