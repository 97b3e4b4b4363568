package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * The status of a request right after its client received the outcome. The third replica may not have received anything
 * of the request yet.
 */
class RequestStatusTest {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 500);
    private static final RequestId REQUEST = new RequestId(7, 1);
    private static final IdempotentRequest IDEMPOTENT = new IdempotentRequest(REQUEST, 5, 1_000_000);

    private VirtualTime time;
    private List<MemoryReplica> replicas;
    private Coordinator coordinator;
    private Outcome outcome;

    private void begin(long seed) {
        MemoryCluster cluster = new MemoryCluster(seed);
        time = cluster.time;
        replicas = cluster.replicas;
        coordinator = cluster.coordinator();
    }

    @RepeatedTest(50)
    void aRefusalThatTheClientReceivedIsKnown(RepetitionInfo seed) {
        begin(seed.getCurrentRepetition());
        ask((node, listener) -> node.write(KEY, Value.of("there"), OPTIONS, listener));
        ask((node, listener) -> node.writeOnce(
                KEY, Value.of("v"), Optional.of(new Precondition.Absent()), IDEMPOTENT, OPTIONS, listener));
        assertInstanceOf(Outcome.ConditionFailed.class, outcome);
        assertEquals(
                Optional.of(RequestResult.Type.REFUSED),
                requestStatus().result().map(RequestResult::type));
    }

    @RepeatedTest(50)
    void anEffectThatTheClientReceivedIsKnown(RepetitionInfo seed) {
        begin(seed.getCurrentRepetition());
        replicas.get(2).delayMsMax = 400;
        ask((node, listener) -> node.writeOnce(KEY, Value.of("v"), Optional.empty(), IDEMPOTENT, OPTIONS, listener));
        assertInstanceOf(Outcome.Applied.class, outcome);
        assertEquals(
                Optional.of(RequestResult.Type.PUT), requestStatus().result().map(RequestResult::type));
    }

    @Test
    void aSilentReplicaIsNotWaitedForUntilTheDeadline() {
        begin(1);
        replicas.get(2).silent = true;
        long startMs = time.wallMs();
        assertFalse(requestStatus().known());
        assertEquals(0, (time.wallMs() - startMs) / 200);
    }

    @Test
    void itIsRefusedForWhatReplicasSaidUntilItsDeadline() {
        begin(1);
        replicas.get(0).rejects.put(RequestStatusQuery.class, RejectionCause.OVERLOADED);
        replicas.get(1).silent = true;
        ask((node, listener) -> node.requestStatus(KEY, REQUEST, OPTIONS, listener));
        assertEquals(
                RefusalReason.OVERLOADED,
                assertInstanceOf(Outcome.Refused.class, outcome).reason());
    }

    private Outcome.RequestStatus requestStatus() {
        replicas.get(2).delayMsMax = 1;
        ask((node, listener) -> node.requestStatus(KEY, REQUEST, OPTIONS, listener));
        return assertInstanceOf(Outcome.RequestStatus.class, outcome);
    }

    private void ask(BiConsumer<Coordinator, Consumer<Outcome>> request) {
        outcome = null;
        request.accept(coordinator, ended -> outcome = ended);
        for (int ms = 0; outcome == null && ms < 1_000; ms++) {
            time.pass(1);
        }
    }
}
