package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.quorate.coordinator.replica.tcp.Conversation;
import io.quorate.coordinator.replica.tcp.LinkOptions;
import io.quorate.deploy.simulation.world.UnseenReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replica answers with numbers that no honest replica sends. No operation sees such an answer. Its request counts as
 * lost, since it may have had its effect.
 */
public final class ForgedReplies extends DirectedSchedule {
    private static final String RULE = "Impossible numbers: ";
    private static final Key KEY = Key.of("k");
    private static final Ballot BALLOT = new Ballot(30, 1, 1);
    private static final Record HELD = new Record(new Version(10, 1, 1, 0), Value.of("held"));
    private static final long TOP_BIT = Long.MIN_VALUE;

    private final List<String> findings = new ArrayList<>();
    private final List<ImpossibleNumber> reported = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        Conversation conversation = new Conversation(
                new LinkOptions(50, 150, 20, 200),
                SystemClock.INSTANCE,
                new Counted(),
                new Counted(),
                new SlowReplicas().add(new NodeId("n2"), false));
        conversation.connected();
        conversation.welcomed();
        for (long number : new long[] {TOP_BIT, -1, Long.MAX_VALUE}) {
            queries(conversation, number);
            votes(conversation, number);
            others(conversation, number);
        }
        if (conversation.peerClock().isPresent()) {
            findings.add(RULE + "an impossible clock counts: " + conversation.peerClock());
        }
        require(conversation, new Query(KEY, true), new RecordReply(HELD), true);
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void queries(Conversation conversation, long number) {
        Query query = new Query(KEY, true);
        refuses(conversation, query, new RecordReply(new Record(new Version(number, 1, 1, 0), Value.of("forged"))));
        refuses(conversation, query, new RecordReply(new Record(new Version(10, 1, 1, number), Value.of("forged"))));
        Proposal proposal = new Proposal(
                new Ballot(number, 1, 1), new Record(HELD.version().nextStep(), Value.of("f"), new RequestId(1, 1)));
        refuses(conversation, query, new RecordReply(HELD, Optional.of(proposal)));
        refuses(conversation, query, new RecordReply(HELD, Optional.empty(), new Horizon(number, 0, 0, 0)));
        refuses(conversation, query, new RecordReply(HELD, Optional.empty(), new Horizon(1, number, 0, 0)));
        refuses(conversation, query, new RecordReply(HELD, Optional.empty(), new Horizon(1, 0, number, 0)));
        refuses(conversation, query, new RecordReply(HELD, Optional.empty(), new Horizon(1, 0, 0, number)));
    }

    private void votes(Conversation conversation, long number) {
        Prepare prepare = new Prepare(KEY, BALLOT);
        refuses(conversation, prepare, new Preempted(new Ballot(number, 1, 1)));
        refuses(
                conversation,
                prepare,
                new Promise(HELD, Optional.empty(), new Ballot(number, 1, 1), RequestTrace.NONE));
    }

    private void others(Conversation conversation, long number) {
        refuses(conversation, new StoreRequest(KEY, HELD), new Fenced(number));
        refuses(conversation, new StoreRequest(KEY, HELD), new Outdated(number));
        refuses(conversation, new Ping(), new Pong(number, VotingStatus.VOTING));
        refuses(conversation, new ForgettingQuery(), new ForgettingNumbers(number, 0, 1));
        refuses(conversation, new ForgettingQuery(), new ForgettingNumbers(0, number, 1));
    }

    private void refuses(Conversation conversation, Request request, Reply reply) {
        require(conversation, request, reply, false);
    }

    private void require(Conversation conversation, Request request, Reply reply, boolean counts) {
        List<Boolean> answers = new ArrayList<>();
        int reports = reported.size();
        long correlation = conversation.asked(request, 0, new Answers() {
            @Override
            public void replied(int replica, Reply answer) {
                answers.add(true);
            }

            @Override
            public void failed(int replica, Failure failure) {
                answers.add(false);
            }
        });
        conversation.received(correlation, reply);
        if (!answers.equals(List.of(counts))) {
            findings.add(RULE + "to an operation counts " + reply);
        }
        if (!counts && reported.size() != reports + 1) {
            findings.add(RULE + "nobody reads of " + reply);
        }
    }

    private final class Counted extends UnseenReports {
        @Override
        public void impossible(ImpossibleNumber number) {
            reported.add(number);
        }
    }
}
