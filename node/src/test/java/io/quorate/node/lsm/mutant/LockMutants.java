package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** Locks that are missing, and code without locks that loses what others do. */
final class LockMutants {
    static final List<StoreMutant> ALL = List.of(
            unlocked("the view is changed without its lock", LiveView.class, "void update(")
                    .noticedBy("view.LiveViewTest"),
            unlocked("the view is closed without its lock", LiveView.class, "void close()")
                    .noticedBy("view.LiveViewTest"),
            unlocked("a new log segment is recorded without the lock", Manifest.class, "void logStarted(")
                    .noticedBy("manifest.ConcurrentEditsTest"),
            unlocked("a flush is recorded without the lock", Manifest.class, "void flushed(")
                    .noticedBy("manifest.ConcurrentEditsTest"),
            unlocked("a merge is recorded without the lock", Manifest.class, "void compacted(")
                    .noticedBy("manifest.ConcurrentEditsTest"),
            unlocked("a merge is claimed without the lock", Compactor.class, "Optional<RunningMerge> claimNext()")
                    .noticedBy("maintenance.ConcurrentClaimsTest"),
            unlocked("a chunk is taken without the lock", ChunkPool.class, "Optional<ByteBuffer> tryTake()")
                    .noticedBy("memtable.ChunkPoolTest"),
            unlocked("a chunk is given back without the lock", ChunkPool.class, "void giveBack(")
                    .noticedBy("memtable.ChunkPoolTest"),
            StoreMutant.of(
                            "a push overwrites another one",
                            SourceChange.besides(Committer.class, "CommitQueue"),
                            "if (top.compareAndSet(below, pending)) {",
                            "top.set(pending);\n            if (below != pending) {")
                    .noticedBy("commit.LockFreeTest"),
            StoreMutant.of(
                            "a push into an empty queue wakes nobody",
                            SourceChange.besides(Committer.class, "CommitQueue"),
                            "return below == null;",
                            "return below != null;")
                    .noticedBy("commit.LockFreeTest"),
            StoreMutant.of(
                            "two readers count their references as one",
                            References.class,
                            "if (count.compareAndSet(seen, seen + 1)) {",
                            "if (seen > 0) {\n                count.set(seen + 1);")
                    .noticedBy("commit.LockFreeTest"));

    private LockMutants() {}

    private static StoreMutant unlocked(String name, Class<?> source, String method) {
        return StoreMutant.of(name, source, "synchronized " + method, method);
    }
}
