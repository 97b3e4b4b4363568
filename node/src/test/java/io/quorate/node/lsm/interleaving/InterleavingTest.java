package io.quorate.node.lsm.interleaving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.maintenance.Flusher;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.mutant.PatchedClasses;
import io.quorate.node.mutant.SourceChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between any two statements of the store's threads, a reader sees whole batches and all that was acknowledged. */
class InterleavingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long SEED = 1;
    private static final List<String> DIVIDED = List.of(
            Committer.class.getName(),
            SourceChange.besides(Committer.class, "GroupWriter"),
            SourceChange.besides(Committer.class, "Publication"),
            Memtable.class.getName(),
            LiveView.class.getName(),
            Flusher.class.getName(),
            SourceChange.besides(Flusher.class, "MergeInstaller"));

    @TempDir
    Path directory;

    @Test
    void aReaderBetweenTwoStatementsSeesWholeBatches() throws Exception {
        try (PatchedClasses divided = Interleaving.compile(DIVIDED, ROOT, directory)) {
            LongFunction<Optional<String>> reader = divided.schedules(ReaderBetweenStatements.class);
            assertEquals(Optional.empty(), reader.apply(SEED));
        }
    }
}
