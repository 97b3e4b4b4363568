package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import java.util.Optional;

/** Refuses writes before they are queued. An admitted batch counts as queued. On the callers' threads. */
public final class WriteAdmission {
    private final WriteLimits limits;
    private final StoreHealth health;
    private final SpaceMonitor space;
    private final StoreCounters counters;

    public WriteAdmission(OpenStore store) {
        this.limits = store.options().writes();
        this.health = store.health();
        this.space = store.space();
        this.counters = store.counters();
    }

    /** Why the batch is refused. Empty if it is admitted. */
    public Optional<RefusedException> refusalOf(QueuedTask.Batch batch) {
        if (health.isClosing()) {
            return Optional.of(health.closed());
        }
        if (health.isFailed()) {
            return Optional.of(health.stopped());
        }
        Optional<RefusedException> shortage = space.descriptors().refusalOfWrites();
        if (shortage.isPresent()) {
            return shortage;
        }
        for (QueuedTask.KeyedRecord entry : batch.entries) {
            if (entry.valueBytes() > limits.valueBytesMax()) {
                return Optional.of(tooLong(entry.valueBytes()));
            }
        }
        return space.takes(batch.deletesOnly()) ? refusalByLength(batch) : Optional.of(space.refusal());
    }

    private RefusedException tooLong(int valueBytes) {
        return new RefusedException(
                RefusedBecause.TOO_LARGE,
                "a value of " + valueBytes + " bytes; this store takes " + limits.valueBytesMax()
                        + " at most. Nothing was applied");
    }

    private Optional<RefusedException> refusalByLength(QueuedTask.Batch batch) {
        if (batch.entries.size() > 1 && batch.bytes > limits.queuedBytesMax()) {
            return Optional.of(new RefusedException(
                    RefusedBecause.TOO_LARGE,
                    "a batch of " + batch.entries.size() + " writes and about " + batch.bytes
                            + " bytes; this store takes " + limits.queuedBytesMax()
                            + " bytes at most. Nothing was applied; make smaller batches"));
        }
        // A single write may be longer than the bound. It is admitted when no other write waits.
        long before = counters.queuedBytes.getAndAdd(batch.bytes);
        if (before > 0 && before + batch.bytes > limits.queuedBytesMax()) {
            counters.queuedBytes.addAndGet(-batch.bytes);
            return Optional.of(new RefusedException(
                    RefusedBecause.OVERLOADED,
                    "more than " + limits.queuedBytesMax()
                            + " bytes of writes wait for the disk. Nothing was applied; try again later"));
        }
        return Optional.empty();
    }
}
