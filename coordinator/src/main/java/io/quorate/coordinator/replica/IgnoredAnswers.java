package io.quorate.coordinator.replica;

import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;

/**
 * For a message that no operation waits for: a ping, or a repair after the answer to a read. If the repair fails, the
 * next read repeats it.
 */
public enum IgnoredAnswers implements Answers {
    INSTANCE;

    @Override
    public void replied(int replica, Reply reply) {}

    @Override
    public void failed(int replica, Failure failure) {}
}
