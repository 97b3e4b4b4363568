package io.quorate.common.wire;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;

/**
 * The refusal of a value or a message that there is no memory for.
 *
 * @param holder whose memory it is, as an answer calls it
 */
public record MemoryRejection(String holder, MemoryBudget memory) {
    /** A PUT is charged for its body and for one copy. No read of the same value needs more. */
    private static final int COPIES_OF_A_PUT = 2;

    private static final long MIB = 1 << 20;

    /** Whether a value or a message was refused that never fits. */
    public static boolean isForGood(Reply reply) {
        return reply instanceof Rejected rejected && rejected.cause() == RejectionCause.TOO_LARGE;
    }

    /** Of a value that is charged by its length. */
    public Rejected of(MemoryUse use, long bytes) {
        return of(use, bytes, bytes);
    }

    /** @param chargedBytes what was asked of the budget for so many bytes */
    public Rejected of(MemoryUse use, long bytes, long chargedBytes) {
        return memory.canEverHold(use, chargedBytes)
                ? new Rejected(
                        RejectionCause.NO_MEMORY,
                        "requests hold as much memory of " + holder + " as they may; no room for " + bytes + " bytes")
                : new Rejected(
                        RejectionCause.TOO_LARGE,
                        bytes + " bytes never fit into requestMemoryMib of " + holder + ", which is "
                                + memory.limitBytes() / MIB + "; " + MemoryBudget.limitMibFor(COPIES_OF_A_PUT * bytes)
                                + " would be enough");
    }
}
