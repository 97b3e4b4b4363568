package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.NewestVersions;
import java.io.IOException;
import java.util.List;

/**
 * Makes durable groups visible: the only class that writes to the active memtable, replaces it, and says up to which
 * write it is complete. The log thread owns it.
 *
 * <ul>
 *   <li>All writes of a group are in the memtable before its last sequence is published. So a scan sees all of a batch
 *       or nothing, and sees what any get has seen before.
 *   <li>A group is published before the memtable is replaced. So a view and a sequence that a reader finds together
 *       belong together, see {@link LiveView#snapshot}.
 * </ul>
 */
final class Publication {
    private final LiveView live;
    private final NewestVersions versions;
    private final ChunkPool memory;
    private long sequence;

    Publication(OpenStore store) {
        this.live = store.live();
        this.versions = store.versions();
        this.memory = store.recovered().memory();
    }

    /** How much memory the active memtable takes. */
    long memtableBytes() {
        return live.current().active().bytes();
    }

    /** How many entries of the active memtable a merge may drop. */
    int forgotten() {
        return live.current().active().forgotten();
    }

    /** Makes a group visible. It must be durable already. Returns how many writes it has. */
    long publish(List<QueuedTask.Batch> group) {
        Memtable memtable = live.current().active();
        long before = sequence;
        for (QueuedTask.Batch batch : group) {
            for (QueuedTask.KeyedRecord entry : batch.entries) {
                memtable.collect(entry.key(), entry.record(), ++sequence);
            }
        }
        memtable.putCollected();
        live.publish(sequence);
        versions.published();
        return sequence - before;
    }

    /** The next group goes into another memtable. The present one waits for its flush. */
    void beginMemtable(long logNumber) throws IOException {
        versions.beginMemtable();
        Memtable next = new Memtable(logNumber, memory, versions);
        live.update(view -> view.rotate(next));
        next.release();
    }
}
