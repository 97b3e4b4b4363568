package io.quorate.deploy.simulation.client;

import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.util.Optional;

/**
 * Another write under the idempotency key of a request, sent once. One of the two takes effect at most, as long as the
 * cluster remembers the first. I9 judges that, since both have the same request id.
 */
final class SecondBody {
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 250);

    private final Cluster cluster;
    private final Call first;
    private final Call call;
    private final IdempotentRequest request;
    private boolean over;

    SecondBody(Cluster cluster, Call first, RequestId request) {
        Value value = Value.of("second-body-" + request.high() + "." + request.low());
        this.cluster = cluster;
        this.first = first;
        this.call = new Call(
                first.process(),
                Call.Kind.WRITE_ONCE,
                first.key(),
                value,
                first.precondition(),
                ConsistencyLevel.LINEARIZABLE,
                cluster.time().nowNs());
        this.request = new IdempotentRequest(
                request, value.hashCode(), cluster.retention().ms());
    }

    /** @param answered the answer that the first write had by now */
    void send(SimulatedMachine machine, Optional<String> answered) {
        cluster.judges().began(call);
        machine.process().run(() -> machine.coordinator()
                .writeOnce(
                        call.key(),
                        call.content(),
                        Optional.empty(),
                        request,
                        TERMS,
                        outcome -> note(outcome, answered)));
        cluster.time().afterMs(2 * TERMS.timeoutMs(), () -> {
            if (!over) {
                over = true;
                cluster.history().ended(call, cluster.time().nowNs(), Operation.Outcome.UNKNOWN);
            }
        });
    }

    private void note(Outcome outcome, Optional<String> answered) {
        if (over) {
            return;
        }
        over = true;
        long nowNs = cluster.time().nowNs();
        if (outcome instanceof Applied applied) {
            cluster.count("second body: Applied");
            cluster.history().wrote(call, nowNs, applied.version());
            cluster.judges().history(call.key()).wrote(call, nowNs, applied.version());
            boolean isRemembered = nowNs < cluster.retention().certainUntilNs(first.startNs());
            answered.filter(any -> isRemembered).ifPresent(told -> cluster.judges()
                    .toldAgain(call, told, "another body was applied at " + applied.version()));
        } else if (outcome instanceof Refused refused) {
            cluster.count("second body: " + refused.reason());
            cluster.history().ended(call, nowNs, Operation.Outcome.FAIL);
            cluster.judges().history(call.key()).refused(call);
        } else {
            cluster.count("second body: " + outcome.getClass().getSimpleName());
            cluster.history().ended(call, nowNs, Operation.Outcome.UNKNOWN);
        }
    }
}
