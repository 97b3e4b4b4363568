package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.round.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first replica accepted a proposal, and was away when the two others voted that the request is refused. */
class SupersededProposalTest {
    private static final Key KEY = Key.of("k");
    private static final Record BASE = new Record(new Version(10, 1, 1, 0), Value.of("base"));
    private static final RequestId REQUEST = new RequestId(7, 7);
    private static final Record PROPOSED = new Record(BASE.version().nextStep(), Value.of("superseded"), REQUEST);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;

    private Coordinator supersede(int baseCopies) {
        replicas.get(0).isLocal = true;
        replicas.subList(3 - baseCopies, 3).forEach(replica -> send(replica, new StoreRequest(KEY, BASE)));
        send(replicas.get(0), new Accept(KEY, new Proposal(new Ballot(1, 1, 1), PROPOSED)));
        RequestResult refused = RequestResult.refused(BASE.version(), new Receipt(5, false, Long.MAX_VALUE));
        AcceptRefusal refusal = new AcceptRefusal(KEY, new Ballot(2, 1, 1), REQUEST, refused, BASE);
        replicas.subList(1, 3).forEach(replica -> send(replica, refusal));
        return cluster.coordinator();
    }

    private void send(MemoryReplica replica, Request request) {
        replica.ask(request, 0, IgnoredAnswers.INSTANCE);
        time.pass(10);
    }

    private Read read(Coordinator coordinator, ConsistencyLevel level) {
        List<Outcome> outcomes = new ArrayList<>();
        coordinator.read(KEY, new OperationOptions(level, 200), outcomes::add);
        time.pass(200);
        return assertInstanceOf(Read.class, outcomes.get(0));
    }

    @ParameterizedTest
    @EnumSource(names = {"LINEARIZABLE", "QUORUM", "ALL"})
    void onlyTheFirstReadNeedsMoreThanOneRound(ConsistencyLevel level) {
        Coordinator coordinator = supersede(3);
        assertEquals(BASE, read(coordinator, level).record());
        Read second = read(coordinator, level);
        assertEquals(BASE, second.record());
        assertEquals(1, second.evidence().rounds().size());
    }

    /** Another proposer asked this replica alone, and is gone. Found by the simulator: seed -1699970086, 3 nodes. */
    @Test
    void aReplicaThatPromisedALaterBallotForgetsTheProposalToo() {
        Coordinator coordinator = supersede(3);
        send(replicas.get(0), new Prepare(KEY, ballotFromTheFuture(), RequestId.NONE));
        replicas.subList(1, 3).forEach(replica -> replica.delayMsMax = 50);
        assertEquals(BASE, read(coordinator, ConsistencyLevel.LINEARIZABLE).record());
        Read second = read(coordinator, ConsistencyLevel.LINEARIZABLE);
        assertEquals(BASE, second.record());
        assertEquals(1, second.evidence().rounds().size());
    }

    /** It looked once more, or wanted a vote. Found by the simulator: seed 60003573, 4 nodes, with forgetting. */
    @Test
    void anAnswerAtTheDeadlineRestsOnTheRoundThatShowedIt() {
        Coordinator coordinator = supersede(3);
        Key other = Key.of("other");
        replicas.forEach(replica -> send(replica, new StoreRequest(other, BASE)));
        replicas.forEach(replica -> replica.silentFromPrepare = true);
        List<Outcome> outcomes = new ArrayList<>();
        coordinator.settle(other, new OperationOptions(ConsistencyLevel.LINEARIZABLE, 200), outcomes::add);
        time.pass(200);
        Read read = assertInstanceOf(Read.class, outcomes.get(0));
        assertEquals(BASE, read.record());
        assertEquals(Phase.PREPARE, read.evidence().rounds().get(1).phase());
        assertEquals(0, read.evidence().rounds().get(1).acks());
        assertTrue(read.evidence().acked().size() >= 2);
    }

    /** The clock of the proposer is ahead of the reader's. The reader need not be preempted to learn that. */
    @Test
    void aReadBidsAboveTheProposalThatItSaw() {
        Coordinator coordinator = supersede(3);
        Ballot later = ballotFromTheFuture();
        replicas.forEach(replica -> send(replica, new Prepare(KEY, later, RequestId.NONE)));
        send(replicas.get(0), new Accept(KEY, new Proposal(later, PROPOSED)));
        Read read = read(coordinator, ConsistencyLevel.LINEARIZABLE);
        assertEquals(PROPOSED.version(), read.record().version());
        List<Phase> rounds =
                read.evidence().rounds().stream().map(each -> each.phase()).toList();
        assertEquals(List.of(Phase.PREPARE, Phase.ACCEPT), rounds.subList(rounds.size() - 2, rounds.size()));
        assertTrue(rounds.subList(0, rounds.size() - 2).stream().allMatch(phase -> phase == Phase.QUERY));
    }

    private Ballot ballotFromTheFuture() {
        return new Ballot((time.wallMs() + 400) << 16, 9, 1);
    }

    @Test
    void aReplicaThatMissedTheRegisterTooShowsNothingElse() {
        Coordinator coordinator = supersede(2);
        assertEquals(BASE, read(coordinator, ConsistencyLevel.LINEARIZABLE).record());
        Read second = read(coordinator, ConsistencyLevel.LINEARIZABLE);
        assertEquals(BASE, second.record());
    }
}
