package io.quorate.deploy.simulation.world;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.tcp.ConversationReports;

/** Nobody reads the figures and the log of a simulated process. A schedule may look at some of them. */
public class UnseenReports implements Traffic, ConversationReports {
    @Override
    public void answered(Reply reply, long elapsedNs) {}

    @Override
    public void lost(int requests) {}

    @Override
    public void silent(int heartbeats) {}

    @Override
    public void answersAgain() {}

    @Override
    public void votingStatus(VotingStatus status) {}

    @Override
    public void otherReply(Message answer) {}

    @Override
    public void impossible(ImpossibleNumber number) {}
}
