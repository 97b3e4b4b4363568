package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.wire.Message;

/** Receives what a {@link Conversation} concludes and people should read. */
public interface ConversationReports {
    void silent(int heartbeats);

    void answersAgain();

    void votingStatus(VotingStatus status);

    /** The reply does not belong to the request. */
    void otherReply(Message answer);

    /** No honest replica sends a number of the reply. */
    void impossible(ImpossibleNumber number);
}
