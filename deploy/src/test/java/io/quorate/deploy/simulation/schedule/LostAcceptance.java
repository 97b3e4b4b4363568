package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The third replica accepts a write with an idempotency key, and is cut off at that moment. Other proposers keep
 * preempting the write at the first two, whose promises show nothing of it. When the third replica is back, a read
 * finishes the proposal. So the write must not have ended as refused.
 */
final class LostAcceptance {
    static final Key KEY = Key.of("k");
    static final IdempotentRequest REQUEST =
            new IdempotentRequest(new RequestId(1, 1), 5, TimeUnit.DAYS.toMillis(1_000));

    private static final Value VALUE = Value.of("once");
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);

    private final Stage stage;
    private final Consumer<Ballot> whenCutOff;
    private Ballot highest = Ballot.ZERO;

    /** @param whenCutOff receives the ballot that the first two replicas have promised to another proposer */
    LostAcceptance(long seed, Consumer<Ballot> whenCutOff) {
        this.stage = new Stage(seed, Simulation.options(1_000));
        this.whenCutOff = whenCutOff;
    }

    SimulatedNode node(int number) {
        return stage.nodes().get(number - 1);
    }

    Stage stage() {
        return stage;
    }

    /** Writes through the first node. */
    Outcome write() {
        stage.network().lose(this::isLost);
        Outcome told = stage.ask(
                node(1), (node, listener) -> node.writeOnce(KEY, VALUE, Optional.empty(), REQUEST, TERMS, listener));
        stage.heal();
        return told;
    }

    /** Reads through the third node. */
    Optional<String> violation(Outcome told) {
        Outcome read =
                Stage.untilNotRefused(() -> stage.ask(node(3), (node, listener) -> node.read(KEY, TERMS, listener)));
        boolean isThere = read instanceof Read found && found.record().content().equals(VALUE);
        return Optional.of("I1: a write that was refused is read: " + told)
                .filter(violation -> told instanceof Refused && isThere);
    }

    /** Sees each message between two nodes. Only the third node acknowledges an ACCEPT to another one. */
    private boolean isLost(Message message) {
        if (message instanceof Prepare prepare) {
            highest = Ballot.max(highest, prepare.ballot());
        } else if (message instanceof Promise) {
            preempt(1);
            preempt(2);
        } else if (message instanceof Accepted) {
            stage.cutOff(node(3));
            whenCutOff.accept(higher());
            return true;
        }
        return false;
    }

    private Ballot higher() {
        return new Ballot(highest.timestamp() + 1, 1, 1);
    }

    private void preempt(int number) {
        node(number).handle(new Prepare(KEY, higher(), RequestId.NONE), reply -> {});
    }
}
