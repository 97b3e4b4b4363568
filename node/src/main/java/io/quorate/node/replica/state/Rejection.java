package io.quorate.node.replica.state;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.wire.MemoryRejection;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.lsm.failure.RefusedException;

/** Turns a refusal of the store into a reply. */
public final class Rejection {
    private Rejection() {}

    /** A value was read, and the process may hold no more. A read has no effect, so it can be sent again. */
    public static Rejected noMemory(MemoryBudget memory, long bytes) {
        return new MemoryRejection("this replica", memory).of(MemoryUse.VALUE, bytes);
    }

    /** Nobody waits for the answer any more. The request has had no effect. */
    public static Rejected expired() {
        return new Rejected(Rejected.RejectionCause.EXPIRED, "nobody waits for the answer any more");
    }

    /** The threads that read from the disk take no further task. */
    public static Rejected tooManyReads() {
        return new Rejected(Rejected.RejectionCause.OVERLOADED, "too many reads wait for the disk");
    }

    public static Rejected of(RefusedException why) {
        Rejected.RejectionCause cause =
                switch (why.reason()) {
                    case DISK_FULL -> Rejected.RejectionCause.DISK_FULL;
                    case OVERLOADED, OUT_OF_DESCRIPTORS -> Rejected.RejectionCause.OVERLOADED;
                    case CLOSING, STOPPED, TOO_LARGE, NOT_ADMITTED -> Rejected.RejectionCause.REFUSED;
                };
        return new Rejected(cause, why.getMessage());
    }
}
