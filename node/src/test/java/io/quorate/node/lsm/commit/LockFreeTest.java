package io.quorate.node.lsm.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.interleaving.Interleaving;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.mutant.PatchedClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue of writes and the counts of references, with other callers between any two of their statements. */
class LockFreeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> DIVIDED = List.of(CommitQueue.class.getName(), References.class.getName());
    private static final int SEEDS = 20;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostWhereverAnotherCallerComes() throws Exception {
        try (PatchedClasses divided = Interleaving.compile(DIVIDED, ROOT, directory)) {
            LongFunction<Optional<String>> others = divided.schedules(OthersBetweenStatements.class);
            for (long seed = 1; seed <= SEEDS; seed++) {
                assertEquals(Optional.empty(), others.apply(seed));
            }
        }
    }
}
