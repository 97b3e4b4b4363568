package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;

/** Words the refusals of {@link WriteAdmission}. Any thread. */
final class WriteRefusals {
    private final WriteLimits limits;
    private final StoreHealth health;
    private final SpaceMonitor space;

    WriteRefusals(OpenStore store) {
        this.limits = store.options().writes();
        this.health = store.health();
        this.space = store.space();
    }

    /** A refusal that does not depend on the batch. */
    RefusedException of(RefusedBecause why) {
        return switch (why) {
            case STOPPED -> health.stopped();
            case CLOSING -> health.closed();
            case OUT_OF_DESCRIPTORS -> space.descriptors().refusal();
            case DISK_FULL -> space.refusal();
            case OVERLOADED -> overloaded();
            case TOO_LARGE, NOT_ADMITTED -> throw new IllegalArgumentException(why + " depends on the batch");
        };
    }

    RefusedException of(RefusedBecause why, QueuedTask.Batch batch) {
        return why == RefusedBecause.TOO_LARGE ? tooLarge(batch) : of(why);
    }

    private RefusedException overloaded() {
        return new RefusedException(
                RefusedBecause.OVERLOADED,
                "more than " + limits.queuedBytesMax()
                        + " bytes of writes wait for the disk. Nothing was applied; try again later");
    }

    private RefusedException tooLarge(QueuedTask.Batch batch) {
        int valueBytes = batch.longestValueBytes();
        String what = valueBytes > limits.valueBytesMax()
                ? "a value of " + valueBytes + " bytes; this store takes " + limits.valueBytesMax()
                        + " at most. Nothing was applied"
                : "a batch of " + batch.entries.size() + " writes and about " + batch.bytes
                        + " bytes; this store takes " + WriteAdmission.batchBytesMax(limits)
                        + " bytes at most. Nothing was applied; make smaller batches";
        return new RefusedException(RefusedBecause.TOO_LARGE, what);
    }
}
