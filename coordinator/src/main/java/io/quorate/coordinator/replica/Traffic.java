package io.quorate.coordinator.replica;

import io.quorate.common.wire.Message.Reply;

/** Is told how one replica answers, on the event loops that ask it: must be quick, must not throw. */
public interface Traffic {
    void answered(Reply reply, long elapsedNs);

    /** So many requests were sent and will not be answered: the connection broke, or the replica is silent. */
    void lost(int requests);
}
