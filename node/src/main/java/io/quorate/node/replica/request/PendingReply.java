package io.quorate.node.replica.request;

import io.quorate.common.wire.Message.Reply;
import java.util.function.Consumer;

/** Whoever waits for the one reply to a request. */
@FunctionalInterface
public interface PendingReply extends Consumer<Reply> {
    /**
     * Whether nobody waits any more. What waited until then, for its key, a thread or the log, ends without an effect.
     */
    default boolean isTooLate() {
        return false;
    }
}
