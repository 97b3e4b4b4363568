package io.quorate.coordinator.replica;

import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;

/** For a message that nobody waits for: a repair behind an answer, which the next read repeats if it fails. */
public enum IgnoredAnswers implements Answers {
    INSTANCE;

    @Override
    public void replied(int replica, Reply reply) {}

    @Override
    public void failed(int replica, Failure failure) {}
}
