package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which replicas a coordinator reports as such that missed a record. They are listed as n3, n1, n2. */
class HintedHandoffTest {
    private static final Key KEY = Key.of("k");
    private static final int N3 = 1 << 2;
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster(1, "n3", "n1", "n2");
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator = new Coordinator(cluster.parts(new NodeId("c")));

    private MemoryReplica third() {
        return replicas.get(0);
    }

    @Test
    void aReplicaThatIsNotSentTheRecordIsNamedInTheRecordsOfTheOthers() {
        third().reachability = Reachability.DOWN;
        write();
        assertEquals(List.of(N3, N3), stores().map(StoreRequest::missed).toList());
        time.pass(5_000);
        assertEquals(List.of(), missed());
    }

    @Test
    void aConditionalWriteNamesItToo() {
        third().reachability = Reachability.DOWN;
        List<Outcome> outcomes = new ArrayList<>();
        coordinator.writeIf(KEY, Value.of("v"), new Precondition.Absent(), OPTIONS, outcomes::add);
        time.pass(50);
        assertInstanceOf(Applied.class, outcomes.get(0));
        assertEquals(List.of(N3, N3), stores().map(StoreRequest::missed).toList());
    }

    @Test
    void nobodyMissesARecordThatAllAcknowledge() {
        write();
        time.pass(5_000);
        assertEquals(List.of(0, 0, 0), stores().map(StoreRequest::missed).toList());
        assertEquals(List.of(), missed());
    }

    @Test
    void aReplicaThatDoesNotAcknowledgeIsReportedOnce() {
        third().silentFromStore = true;
        Version version = write();
        time.pass(1_500);
        assertEquals(List.of(), missed(), "it still has time");
        time.pass(3_000);
        assertEquals(List.of(new Missed(2, List.of(new Hint(KEY, version)))), missed());
    }

    @Test
    void aReplicaThatRefusesTheRecordIsReportedSoon() {
        third().fullFromStore = true;
        Version version = write();
        time.pass(300);
        assertEquals(List.of(new Missed(2, List.of(new Hint(KEY, version)))), missed());
    }

    @Test
    void aReplicaThatIsBeingFilledKeepsTheRecordAndMissesNothing() {
        third().votingStatus = VotingStatus.FILLING;
        write();
        time.pass(5_000);
        assertEquals(List.of(), missed());
    }

    @Test
    void longKeysAreReportedEarlyWhenTooManyWait() {
        third().silentFromStore = true;
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Key longest = Key.of(String.format("%04d", i).repeat(Key.BYTES_MAX / 4));
            coordinator.write(longest, Value.of("v"), OPTIONS, outcomes::add);
        }
        time.pass(500);
        long applied = outcomes.stream().filter(Applied.class::isInstance).count();
        int followed = (8 << 20) / Key.BYTES_MAX;
        assertTrue(applied > followed, "seed of the test");
        assertEquals(applied - followed, hintsIn(missed()), "all but eight mebibytes of keys");
        time.pass(3_000);
        assertEquals(applied, hintsIn(missed()));
    }

    private static int hintsIn(List<Missed> messages) {
        return messages.stream().mapToInt(each -> each.hints().size()).sum();
    }

    @Test
    void aHintIsNoAcknowledgement() {
        third().reachability = Reachability.DOWN;
        replicas.get(1).reachability = Reachability.DOWN;
        List<Outcome> outcomes = new ArrayList<>();
        coordinator.write(KEY, Value.of("v"), OPTIONS, outcomes::add);
        time.pass(200);
        assertInstanceOf(Refused.class, outcomes.get(0));
    }

    private Version write() {
        List<Outcome> outcomes = new ArrayList<>();
        coordinator.write(KEY, Value.of("v"), OPTIONS, outcomes::add);
        time.pass(50);
        return assertInstanceOf(Applied.class, outcomes.get(0)).version();
    }

    private Stream<StoreRequest> stores() {
        return replicas.stream()
                .flatMap(replica -> replica.requests.stream())
                .filter(StoreRequest.class::isInstance)
                .map(StoreRequest.class::cast);
    }

    private List<Missed> missed() {
        return replicas.stream()
                .flatMap(replica -> replica.requests.stream())
                .filter(Missed.class::isInstance)
                .map(Missed.class::cast)
                .toList();
    }
}
