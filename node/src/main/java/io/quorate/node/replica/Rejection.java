package io.quorate.node.replica;

import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.lsm.failure.RefusedException;

/** The one place where the store's refusal becomes a reply. */
final class Rejection {
    private Rejection() {}

    static Rejected of(RefusedException why) {
        Rejected.Cause cause =
                switch (why.reason()) {
                    case DISK_FULL -> Rejected.Cause.DISK_FULL;
                    case OVERLOADED -> Rejected.Cause.OVERLOADED;
                    case CLOSING, STOPPED, TOO_LARGE -> Rejected.Cause.REFUSED;
                };
        return new Rejected(cause, why.getMessage());
    }
}
