package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations on one key end with the cause that replicas gave, in whichever round and at the deadline too. */
class RefusalCausesTest {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster();
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator = cluster.coordinator();
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void aReadIsRefusedForWhatItsReplicasRefusedToStoreBack() {
        hold(0, Value.of("new"));
        replicas.get(2).silent = true;
        reject(1, StoreRequest.class, RejectionCause.NO_MEMORY);
        assertEquals(RefusalReason.NO_MEMORY, read());
    }

    @Test
    void aReadIsRefusedForWhatItsReplicasRefusedToPromise() {
        for (int replica = 0; replica < 3; replica++) {
            hold(replica, Value.of(new byte[1], "x/y", cluster.time.wallMs() - 1));
            reject(replica, Prepare.class, RejectionCause.OVERLOADED);
        }
        assertEquals(RefusalReason.OVERLOADED, read());
    }

    @Test
    void aReadIsRefusedForWhatReplicasSaidUntilItsDeadline() {
        reject(0, Query.class, RejectionCause.EXPIRED);
        replicas.get(1).silent = true;
        assertEquals(RefusalReason.OVERLOADED, read());
    }

    @Test
    void oneReplicaWithoutMemoryBesideTwoSilentOnesIsNotTheCause() {
        reject(0, Query.class, RejectionCause.NO_MEMORY);
        replicas.get(1).silent = true;
        replicas.get(2).silent = true;
        assertEquals(RefusalReason.NO_QUORUM, read());
    }

    @Test
    void aConditionalWriteIsRefusedForWhatReplicasSaidUntilItsDeadline() {
        reject(0, Prepare.class, RejectionCause.NO_MEMORY);
        replicas.get(1).silent = true;
        coordinator.writeIf(KEY, Value.of("v"), new Precondition.Absent(), OPTIONS, outcomes::add);
        assertEquals(RefusalReason.NO_MEMORY, refusal());
    }

    private void hold(int replica, Content content) {
        replicas.get(replica).registers.put(KEY, new Record(new Version(1, 0, 1, 0), content));
    }

    private void reject(int replica, Class<? extends Request> request, RejectionCause cause) {
        replicas.get(replica).rejects.put(request, cause);
    }

    private RefusalReason read() {
        coordinator.read(KEY, OPTIONS, outcomes::add);
        return refusal();
    }

    private RefusalReason refusal() {
        cluster.time.pass(200);
        assertEquals(1, outcomes.size());
        return assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).reason();
    }
}
