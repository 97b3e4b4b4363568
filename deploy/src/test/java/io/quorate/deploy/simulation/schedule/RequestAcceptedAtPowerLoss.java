package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Each replica acknowledges the ACCEPT of a write with an idempotency key, and loses its power at that moment. The
 * write is chosen, and no STORE was ever sent. A plain write overwrites it, so that only traces show what happened.
 * Sent again, it must have had its effect.
 */
public final class RequestAcceptedAtPowerLoss extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final Value VALUE = Value.of("once");
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 200);
    private static final RequestId REQUEST = new RequestId(1, 1);
    private static final long FINGERPRINT = 5;
    private static final long RETENTION_MS = TimeUnit.DAYS.toMillis(1_000);

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000));
        Version chosen = write(stage, 0, "base").nextStep();
        acceptAndLosePower(stage, chosen);
        write(stage, 1, "later");
        IdempotentRequest again = new IdempotentRequest(REQUEST, FINGERPRINT, RETENTION_MS);
        Version told = Stage.require(
                        Applied.class,
                        stage.ask(
                                stage.nodes().get(2),
                                (node, listener) ->
                                        node.writeOnce(KEY, VALUE, Optional.empty(), again, TERMS, listener)))
                .version();
        return Optional.of("one request was chosen as " + chosen + " and then as " + told)
                .filter(twice -> !told.equals(chosen));
    }

    private static Version write(Stage stage, int node, String value) {
        Applied applied = Stage.require(
                Applied.class,
                stage.ask(
                        stage.nodes().get(node),
                        (asked, listener) -> asked.write(KEY, Value.of(value), TERMS, listener)));
        stage.time().pass(50);
        return applied.version();
    }

    private static void acceptAndLosePower(Stage stage, Version version) {
        long untilMs = stage.nodes().get(0).clock().wallMs() + RETENTION_MS;
        Receipt receipt = new Receipt(FINGERPRINT, false, untilMs);
        Record record = new Record(version, VALUE, REQUEST, Optional.of(receipt));
        Accept accept = new Accept(KEY, new Proposal(new Ballot(1, 1, 1), record));
        List<SimulatedNode> accepted = new ArrayList<>();
        for (SimulatedNode node : stage.nodes()) {
            node.handle(accept, reply -> {
                if (reply instanceof Accepted) {
                    accepted.add(node);
                    stage.time().after(0, node::losePower);
                }
            });
        }
        stage.time().pass(50);
        if (accepted.size() < stage.nodes().size()) {
            throw new IllegalStateException("only " + accepted.size() + " replicas accept it");
        }
        stage.nodes().forEach(SimulatedNode::start);
        stage.nodes().forEach(stage::awaitQuorum);
    }
}
