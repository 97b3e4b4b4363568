package io.quorate.deploy.simulation.schedule;

import io.quorate.common.loop.ValueSizes;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.HedgeBudget;
import io.quorate.coordinator.round.RoundContext;
import io.quorate.coordinator.round.StoreRound;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * A scan writes two records back at once. One of three replicas stores both. Another one fails to force the one record,
 * so it abstains, and stores the other record. That reply arrives last. The two replies together are no yes.
 */
public final class AbstentionBeforeYes extends DirectedSchedule {
    private static final Record RECORD = new Record(new Version(1, 1, 1, 0), Value.of("v"));
    private static final Reply STORED = new Stored();
    private static final Reply ABSTAINED = new Abstained("the force failed");

    @Override
    Optional<String> play(long seed) {
        Queue<Runnable> answers = new ArrayDeque<>();
        List<ReplicaClient> replicas = List.of(
                new AnsweringReplica("n1", answers, STORED, STORED),
                new AnsweringReplica("n2", answers, ABSTAINED, STORED),
                new AnsweringReplica("n3", answers, ABSTAINED, ABSTAINED));
        RoundContext context = new RoundContext(
                SystemClock.INSTANCE,
                (delayMs, action) -> () -> {},
                new ClusterTime(new PeerClocks(SystemClock.INSTANCE, replicas)),
                new HedgeBudget(),
                new ValueSizes(),
                new RepairCounts(),
                new Random(seed));
        List<StoreRequest> stores =
                List.of(new StoreRequest(Key.of("a"), RECORD), new StoreRequest(Key.of("b"), RECORD));
        End end = new End();
        new StoreRound(context, replicas, 2, stores, end).startEverywhere();
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
        if (end.isStored.isEmpty()) {
            throw new IllegalStateException("the round does not end");
        }
        return end.isStored.filter(stored -> stored).map(wrong -> "I10: a quorum counts a replica that abstained");
    }

    private static final class End implements StoreRound.StoreListener {
        private Optional<Boolean> isStored = Optional.empty();

        @Override
        public void stored(StoreRound round) {
            isStored = Optional.of(true);
        }

        @Override
        public void storeMissed(StoreRound round) {
            isStored = Optional.of(false);
        }
    }

    /** Gives its answers in turn. */
    private static final class AnsweringReplica implements ReplicaClient {
        private final NodeId id;
        private final Queue<Runnable> answers;
        private final Queue<Reply> replies;

        AnsweringReplica(String id, Queue<Runnable> answers, Reply... replies) {
            this.id = new NodeId(id);
            this.answers = answers;
            this.replies = new ArrayDeque<>(List.of(replies));
        }

        @Override
        public NodeId id() {
            return id;
        }

        @Override
        public Reachability reachability() {
            return Reachability.UP;
        }

        @Override
        public VotingStatus votingStatus() {
            return VotingStatus.VOTING;
        }

        @Override
        public boolean isLocal() {
            return false;
        }

        @Override
        public long usualDelayMs() {
            return 1;
        }

        @Override
        public Vitals vitals() {
            return new Vitals(1, Optional.empty(), "");
        }

        @Override
        public void ask(Request request, long patienceMs, int index, Answers receiver) {
            answers.add(() -> receiver.replied(index, replies.remove()));
        }
    }
}
