package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.coordinator.replica.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An exception ends the operation that it happened in, and no other one. */
class DefectTest {
    private static final Key KEY = Key.of("k");
    private static final Key OTHER = Key.of("other");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator = cluster.coordinator();
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void aDefectBeforeAnyEffectIsARefusalAndNothingIsApplied() {
        throwOn(Query.class);
        assertEquals(
                1,
                begin(() -> coordinator.write(KEY, Value.of("v"), OPTIONS, outcomes::add))
                        .size());
        assertEquals(0, time.defectsWithin(200).size());
        assertRefusedByDefect();
        replicas.forEach(replica -> assertEquals(0, replica.held(KEY).version().timestamp()));
        assertEquals(0, coordinator.inFlight());
    }

    @Test
    void aDefectWhileAStoreIsSentIsUnknown() {
        throwOn(StoreRequest.class);
        coordinator.write(KEY, Value.of("v"), OPTIONS, outcomes::add);
        assertEquals(1, time.defectsWithin(200).size());
        assertInstanceOf(Outcome.Unknown.class, outcomes.get(0));
        assertEquals(0, coordinator.inFlight());
    }

    @Test
    void aConditionalWriteWithADefectLeavesItsPlaceInTheQueue() {
        replicas.get(2).throwsOn = Optional.of(Accept.class);
        writeIfAbsent(outcomes::add);
        replicas.get(2).throwsOn = Optional.empty();
        writeIfAbsent(outcomes::add);
        time.defectsWithin(500);
        assertEquals(2, outcomes.size());
    }

    @Test
    void aListenerThatThrowsKeepsTheTurnFromNoOtherWrite() {
        writeIfAbsent(outcome -> {
            outcomes.add(outcome);
            throw new IllegalStateException("a defect of the listener");
        });
        writeIfAbsent(outcomes::add);
        assertEquals(1, time.defectsWithin(500).size());
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
        assertInstanceOf(Outcome.ConditionFailed.class, outcomes.get(1));
        assertEquals(0, coordinator.inFlight());
    }

    @Test
    void aListenerThatThrowsWhenItIsRefusedDoesNotFailItsCaller() {
        Coordinator full = new Coordinator(cluster.parts().withLimits(new AdmissionLimits(0, 0)));
        assertEquals(
                1,
                begin(() -> full.read(KEY, OPTIONS, outcome -> {
                            throw new IllegalStateException("a defect of the listener");
                        }))
                        .size());
    }

    @Test
    void membersAreShownThoughAskingOneIsADefect() {
        throwOn(Inspect.class);
        List<List<MemberState>> seen = new ArrayList<>();
        assertEquals(1, begin(() -> coordinator.inspectMembers(50, seen::add)).size());
        assertEquals(1, seen.size());
        assertEquals(3, seen.get(0).size());
    }

    @Test
    void aReadWithADefectWhileItLooksAgainEndsAtOnce() {
        leaveAProposalAtTheFirstReplica();
        coordinator.read(KEY, OPTIONS, outcomes::add);
        while (replicas.stream().mapToInt(replica -> replica.requests.size()).sum() < 2) {
            time.pass(1);
        }
        throwOn(Query.class);
        assertEquals(1, time.defectsWithin(20).size());
        assertRefusedByDefect();
        assertEquals(0, coordinator.inFlight());
    }

    @Test
    void aScanWithADefectBehindTheReadOfAKeyEndsAtOnce() {
        leaveAProposalAtTheFirstReplica();
        replicas.get(0).registers.put(OTHER, new Record(new Version(7, 1, 1, 0), Value.of("v")));
        coordinator.scan(
                new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 10), OPTIONS, outcome -> outcomes.add(outcome));
        replicas.forEach(replica -> replica.throwsOnKey = Optional.of(OTHER));
        assertEquals(1, time.defectsWithin(60).size());
        assertRefusedByDefect();
        assertEquals(0, coordinator.inFlight());
    }

    private void leaveAProposalAtTheFirstReplica() {
        replicas.get(0).isLocal = true;
        replicas.get(1).silentFromAccept = true;
        replicas.get(2).silentFromAccept = true;
        writeIfAbsent(outcome -> assertInstanceOf(Outcome.Unknown.class, outcome));
        time.pass(200);
        replicas.forEach(replica -> {
            replica.silentFromAccept = false;
            replica.silent = false;
            replica.requests.clear();
        });
    }

    private void writeIfAbsent(Consumer<Outcome> listener) {
        coordinator.writeIf(KEY, Value.of("v"), new Precondition.Absent(), OPTIONS, listener);
    }

    /** Each replica could be asked first or second, so all throw. */
    private void throwOn(Class<? extends Request> kind) {
        replicas.forEach(replica -> replica.throwsOn = Optional.of(kind));
    }

    private static List<Throwable> begin(Runnable operation) {
        return VirtualTime.defectsWhile(operation);
    }

    private void assertRefusedByDefect() {
        assertEquals(1, outcomes.size());
        assertEquals(
                RefusalReason.DEFECT,
                assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).reason());
    }
}
