package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.node.lsm.commit.WriteAdmission.BatchSize;
import io.quorate.node.lsm.commit.WriteAdmission.Lifecycle;
import io.quorate.node.lsm.commit.WriteAdmission.StoreCondition;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import java.util.Optional;

/** Asks {@link WriteAdmission} about writes before they are queued. An admitted batch counts as queued. Any thread. */
public final class QueueAdmission {
    private final WriteLimits limits;
    private final StoreHealth health;
    private final SpaceMonitor space;
    private final StoreCounters counters;
    private final WriteRefusals refusals;

    public QueueAdmission(OpenStore store) {
        this.limits = store.options().writes();
        this.health = store.health();
        this.space = store.space();
        this.counters = store.counters();
        this.refusals = new WriteRefusals(store);
    }

    /** Why the batch is refused. Empty if it is admitted. */
    public Optional<RefusedException> refusalOf(QueuedTask.Batch batch) {
        BatchSize size = new BatchSize(batch.needs(), batch.bytes, batch.longestValueBytes());
        Optional<RefusedBecause> refusal = WriteAdmission.refusalOfNew(condition(), size, limits);
        if (refusal.isPresent() || queue(batch)) {
            return refusal.map(why -> refusals.of(why, batch));
        }
        return Optional.of(refusals.of(RefusedBecause.OVERLOADED, batch));
    }

    private boolean queue(QueuedTask.Batch batch) {
        long before = counters.queuedBytes.getAndAdd(batch.bytes);
        boolean hasRoom = WriteAdmission.hasQueueRoom(batch.bytes, before, limits);
        if (!hasRoom) {
            counters.queuedBytes.addAndGet(-batch.bytes);
        }
        return hasRoom;
    }

    /** Why a write that needs so much space would be refused now, whatever its length. */
    public Optional<RefusedException> refusalOf(DiskSpace needs) {
        return WriteAdmission.refusalOfNew(condition(), needs).map(refusals::of);
    }

    private StoreCondition condition() {
        Lifecycle lifecycle = Lifecycle.of(health.isFailed(), false, health.isClosing());
        return new StoreCondition(lifecycle, space.descriptors().refusesWrites(), space.current());
    }
}
