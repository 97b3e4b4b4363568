package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.failure.RefusedException;
import java.util.Optional;

/**
 * Decides at a batch's place in the log whether the batch is written. {@link QueueAdmission} decides earlier, on the
 * caller's thread, whether it is queued.
 *
 * <p>The log thread asks just before it encodes the batch, in the order of the log. So a decision may depend on numbers
 * that other batches change, if each such batch changes them in its {@link Completion}: the log thread completes a
 * group before it asks for the next one. Two batches of one group become durable and visible together. So neither is
 * asked about the other.
 *
 * <p>A batch that met a full disk, or that a group passes over, is asked about again. The call must neither block nor
 * throw: a throw stops the store.
 */
public interface LogAdmission {
    /** For a batch that is right at any place of the log. */
    LogAdmission ALWAYS = Optional::empty;

    /** Why the batch is refused: its {@link Completion#refused} receives this. Empty if it is written. */
    Optional<RefusedException> refusal();
}
