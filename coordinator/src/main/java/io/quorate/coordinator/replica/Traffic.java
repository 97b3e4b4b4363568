package io.quorate.coordinator.replica;

import io.quorate.common.wire.Message.Reply;

/**
 * Receives how one replica answers. It is called on every event loop that asks the replica, so it must be fast and safe
 * for use by several threads. One that throws keeps no answer from its operation.
 */
public interface Traffic {
    void answered(Reply reply, long elapsedNs);

    /** This many requests were sent and get no answer: the connection broke, or the replica fell silent. */
    void lost(int requests);

    /** A write found no space in the replica's outbox. It was not sent. */
    default void congested() {}

    /** A reply did not count, since no honest replica sends such numbers. */
    default void impossible() {}
}
