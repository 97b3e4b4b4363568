package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import java.util.Optional;

/**
 * Refuses writes before they are queued. An admitted batch counts as queued. On the callers' threads.
 *
 * <p>A batch that is longer than half of the queue counts as half of it. So it is admitted beside other writes: if it
 * had to wait for an empty queue, a store with steady work would refuse it for ever. The queue has at most half of
 * {@code queuedBytesMax} and the longest batch, or {@code queuedBytesMax}, whichever is more.
 */
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
        if (batch.bytes > batchBytesMax()) {
            return Optional.of(new RefusedException(
                    RefusedBecause.TOO_LARGE,
                    "a batch of " + batch.entries.size() + " writes and about " + batch.bytes
                            + " bytes; this store takes " + batchBytesMax()
                            + " bytes at most. Nothing was applied; make smaller batches"));
        }
        long before = counters.queuedBytes.getAndAdd(batch.bytes);
        long needed = Math.min(batch.bytes, limits.queuedBytesMax() / 2);
        if (before > 0 && before + needed > limits.queuedBytesMax()) {
            counters.queuedBytes.addAndGet(-batch.bytes);
            return Optional.of(new RefusedException(
                    RefusedBecause.OVERLOADED,
                    "more than " + limits.queuedBytesMax()
                            + " bytes of writes wait for the disk. Nothing was applied; try again later"));
        }
        return Optional.empty();
    }

    /** A batch may have a register and a vote, each with the longest value, beside what the queue takes. */
    private long batchBytesMax() {
        return limits.queuedBytesMax() + 2L * limits.valueBytesMax();
    }
}
