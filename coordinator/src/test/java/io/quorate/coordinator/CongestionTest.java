package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfValue;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write learns that peers are congested before it has any effect. */
class CongestionTest {
    private static final Key KEY = Key.of("k");
    private static final int LONG_BYTES = 10_000;
    private static final Value LONG = Value.of(new byte[LONG_BYTES], Value.DEFAULT_CONTENT_TYPE);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final MemoryReplica local = replicas.get(0);
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final Coordinator coordinator = new Coordinator(cluster.parts().withMemory(memory));
    private final List<Outcome> outcomes = new ArrayList<>();
    private final OneAddress asker = new OneAddress();

    CongestionTest() {
        local.isLocal = true;
    }

    @AfterEach
    void allSpaceIsGivenBack() {
        replicas.forEach(
                replica -> assertEquals(0, replica.reservedBytes, replica.id().name()));
    }

    @Test
    void aWriteIsRefusedBeforeAnyEffectWhileAllPeersAreCongested() {
        congest(1, 2);
        write(ConsistencyLevel.LINEARIZABLE);
        assertRefusedAndNothingApplied();
    }

    @Test
    void aConditionalWriteIsRefusedBeforeAnyEffectWhileAllPeersAreCongested() {
        congest(1, 2);
        writeIfAbsent();
        assertRefusedAndNothingApplied();
    }

    @Test
    void oneCongestedPeerIsNotSentTheRecordAndTheWriteGoesOn() {
        congest(2);
        write(ConsistencyLevel.LINEARIZABLE);
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
        assertEquals(0, received(2, StoreRequest.class));
        assertEquals(0, received(2, Query.class));
        assertEquals(1, received(1, StoreRequest.class));
    }

    @Test
    void oneCongestedPeerIsNotSentTheProposalAndTheWriteGoesOn() {
        congest(2);
        writeIfAbsent();
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
        assertEquals(0, received(2, Accept.class));
        assertEquals(1, received(2, Prepare.class));
    }

    @Test
    void aWriteToAllIsRefusedForOneCongestedPeer() {
        congest(2);
        write(ConsistencyLevel.ALL);
        assertRefusedAndNothingApplied();
    }

    @Test
    void aPeerThatGetsCongestedBehindTheReservationStillGetsTheRecord() {
        coordinator.write(KEY, Value.of("v"), options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        congest(1, 2);
        time.pass(200);
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
        assertEquals(1, received(1, StoreRequest.class));
        assertEquals(1, received(2, StoreRequest.class));
    }

    @Test
    void aClusterWithoutAQuorumSaysSoThoughAPeerIsCongested() {
        congest(1);
        replicas.get(1).reachability = Reachability.DOWN;
        replicas.get(2).reachability = Reachability.DOWN;
        write(ConsistencyLevel.LINEARIZABLE);
        assertRefused(RefusalReason.NO_QUORUM);
    }

    @Test
    void aWriteThatEndsBeforeItsStoreGivesTheSpaceBack() {
        replicas.forEach(replica -> replica.silent = true);
        write(ConsistencyLevel.LINEARIZABLE);
        assertRefused(RefusalReason.NO_QUORUM);
    }

    @Test
    void aFunctionTakesTheSpaceOfTheRecordThatItMakes() {
        writeLong();
        replicas.forEach(replica -> replica.spaces.clear());
        append();
        time.pass(200);
        assertInstanceOf(Outcome.Applied.class, outcomes.get(1));
        replicas.forEach(replica ->
                assertTrue(replica.spaces.stream().allMatch(bytes -> bytes > LONG_BYTES), replica.spaces::toString));
    }

    @Test
    void aFunctionGivesBackWhatItsRecordDoesNotNeedAndKeepsTheRest() {
        writeLong();
        replicas.forEach(replica -> replica.spaces.clear());
        coordinator.change(
                KEY, new PutIfValue(LONG, Value.of("x")), options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        congest(1, 2);
        time.pass(200);
        assertInstanceOf(Outcome.Applied.class, outcomes.get(1));
        replicas.forEach(replica ->
                assertTrue(replica.spaces.stream().allMatch(bytes -> bytes < LONG_BYTES), replica.spaces::toString));
    }

    @Test
    void functionsThatWaitTakeTheSpaceOfOneRecord() {
        for (int i = 0; i < 50; i++) {
            coordinator.change(
                    KEY, new PutIfValue(LONG, Value.of("x")), options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        }
        while (outcomes.size() < 50) {
            time.pass(1);
            replicas.forEach(replica -> assertTrue(
                    replica.reservedBytes < 2 * LONG_BYTES, () -> replica.reservedBytes + " bytes at " + replica.id()));
        }
    }

    /** Nobody knows how long the value is. The client found values of that length before. */
    @Test
    void anAppendIsRefusedBeforeItsPrepareWhileThereIsNoSpaceForTheWholeValue() {
        writeLong();
        asker.valueSizes().found(LONG_BYTES);
        replicas.get(1).spaceBytes = LONG_BYTES;
        replicas.get(2).spaceBytes = LONG_BYTES;
        replicas.forEach(replica -> replica.requests.clear());
        append();
        time.pass(200);
        assertEquals(RefusalReason.OVERLOADED, ((Outcome.Refused) outcomes.get(1)).reason());
        replicas.forEach(replica -> assertTrue(replica.requests.isEmpty(), replica.requests::toString));
    }

    @Test
    void theProposalOfAnotherWriteIsNotSentWithoutSpaceForIt() {
        MemoryReplica peer = replicas.get(1);
        replicas.get(2).reachability = Reachability.DOWN;
        peer.silentFromAccept = true;
        writeIfAbsent(LONG);
        assertInstanceOf(Outcome.Unknown.class, outcomes.get(0));
        peer.silentFromAccept = false;
        peer.silent = false;
        peer.spaceBytes = LONG_BYTES / 2;
        local.requests.clear();
        writeIfAbsent(Value.of("v"));
        assertEquals(RefusalReason.OVERLOADED, ((Outcome.Refused) outcomes.get(1)).reason());
        assertEquals(1, received(0, Prepare.class));
        assertEquals(0, received(0, Accept.class));
    }

    /** The local replica has accepted the proposal. So the write cannot be refused any more. */
    @Test
    void aWriteThatMayBeAcceptedWaitsForSpace() {
        replicas.get(1).preemptions = 1;
        replicas.get(2).preemptions = 1;
        coordinator.writeIf(
                KEY, Value.of("v"), new Precondition.Absent(), options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        while (replicas.get(1).preemptions + replicas.get(2).preemptions > 0) {
            time.pass(1);
        }
        congest(1, 2);
        time.pass(20);
        assertEquals(List.of(), outcomes);
        replicas.forEach(replica -> replica.congested = false);
        time.pass(80);
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
    }

    @Test
    void theValueThatAFunctionMakesIsChargedUntilItsOutcome() {
        writeLong();
        assertEquals(0, memory.inUseBytes());
        replicas.forEach(replica -> replica.silentFromAccept = true);
        append();
        time.pass(50);
        long promisedAndMade = 4 * LONG_BYTES;
        assertTrue(memory.inUseBytes(MemoryUse.OPERATION) > promisedAndMade, memory::toString);
        time.pass(200);
        assertInstanceOf(Outcome.Unknown.class, outcomes.get(1));
        assertEquals(0, memory.inUseBytes());
    }

    /** The first function begins a PREPARE alone, and is refused. The others meet a key without a value. */
    @Test
    void aHotCounterKeepsItsBundlesWhenMemoryIsFull() {
        memory.add(MemoryUse.OPERATION, memory.limitBytes());
        add(AbsentNumber.REFUSED);
        add(AbsentNumber.REFUSED);
        for (int i = 0; i < 5; i++) {
            add(AbsentNumber.ZERO);
        }
        time.pass(200);
        List<Version> versions = outcomes.stream()
                .filter(Outcome.Applied.class::isInstance)
                .map(outcome -> ((Outcome.Applied) outcome).version())
                .toList();
        assertEquals(5, versions.size(), outcomes::toString);
        assertEquals(1, versions.stream().distinct().count(), versions::toString);
        assertEquals(memory.limitBytes(), memory.inUseBytes());
    }

    private void add(AbsentNumber absent) {
        coordinator.change(
                KEY,
                new Add(1, SumBounds.NONE, absent, Value.NEVER_EXPIRES),
                options(ConsistencyLevel.LINEARIZABLE),
                outcomes::add);
    }

    private void writeLong() {
        coordinator.write(KEY, LONG, options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        time.pass(200);
    }

    private void append() {
        coordinator.change(
                KEY,
                new Append(Value.of("x"), 1 << 20),
                options(ConsistencyLevel.LINEARIZABLE).askedBy("", asker),
                outcomes::add);
    }

    private void congest(int... peers) {
        for (int peer : peers) {
            replicas.get(peer).congested = true;
        }
    }

    private void write(ConsistencyLevel level) {
        coordinator.write(KEY, Value.of("v"), options(level), outcomes::add);
        time.pass(200);
    }

    private void writeIfAbsent() {
        writeIfAbsent(Value.of("v"));
    }

    private void writeIfAbsent(Value value) {
        coordinator.writeIf(
                KEY, value, new Precondition.Absent(), options(ConsistencyLevel.LINEARIZABLE), outcomes::add);
        time.pass(200);
    }

    private static OperationOptions options(ConsistencyLevel level) {
        return new OperationOptions(level, 100);
    }

    private void assertRefusedAndNothingApplied() {
        assertRefused(RefusalReason.OVERLOADED);
        replicas.forEach(replica -> assertTrue(replica.requests.isEmpty(), replica.requests::toString));
        replicas.forEach(replica -> assertEquals(Record.NEVER_WRITTEN, replica.held(KEY)));
    }

    private void assertRefused(RefusalReason reason) {
        assertEquals(1, outcomes.size());
        assertEquals(
                reason, assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).reason());
    }

    private long received(int replica, Class<? extends Request> kind) {
        return replicas.get(replica).requests.stream().filter(kind::isInstance).count();
    }
}
