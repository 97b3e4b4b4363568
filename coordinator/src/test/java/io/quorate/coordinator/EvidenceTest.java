package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Round;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The evidence of an outcome as it grows, with three replicas under virtual time. */
class EvidenceTest {
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private Outcome outcome;

    @Test
    void aRoundReportsWhenItsLastNeededAnswerCame() {
        Round store = lastRound(write());
        List<Long> answers = store.exchanges().stream()
                .map(Exchange::answeredNs)
                .filter(answeredNs -> answeredNs != 0)
                .sorted()
                .toList();
        assertEquals(2, store.required());
        assertEquals(answers.get(1), store.quorumNs());
    }

    @Test
    void aRoundThatFoundNoQuorumReportsNoTime() {
        replicas.get(1).silent = true;
        replicas.get(2).silent = true;
        assertEquals(0, lastRound(write()).quorumNs());
    }

    @Test
    void aDeadReplicaThatWasNotAskedIsNamed() {
        replicas.get(2).reachability = Reachability.DOWN;
        assertEquals(List.of(new NodeId("n3")), write().unreachable());
    }

    @Test
    void aLivingReplicaThatWasNotNeededIsNotCalledUnreachable() {
        write();
        time.pass(10);
        assertEquals(List.of(), read().unreachable());
    }

    @Test
    void itIsSettledWhenTheLastAnswerIsThere() {
        replicas.get(2).silentFromStore = true;
        Evidence evidence = write();
        assertFalse(evidence.isSettled());

        replicas.get(2).silentFromStore = false;
        replicas.get(2).silent = false;
        Evidence next = write();
        time.pass(100);
        assertTrue(next.isSettled());
    }

    private static Round lastRound(Evidence evidence) {
        return evidence.rounds().get(evidence.rounds().size() - 1);
    }

    private Evidence write() {
        cluster.coordinator().write(Key.of("k"), Value.of("v"), TERMS, ended -> outcome = ended);
        return passUntilTheOutcome();
    }

    private Evidence read() {
        cluster.coordinator().read(Key.of("k"), TERMS, ended -> outcome = ended);
        return passUntilTheOutcome();
    }

    private Evidence passUntilTheOutcome() {
        outcome = null;
        for (int i = 0; i <= TERMS.timeoutMs() && outcome == null; i++) {
            time.pass(1);
        }
        return outcome.evidence();
    }
}
