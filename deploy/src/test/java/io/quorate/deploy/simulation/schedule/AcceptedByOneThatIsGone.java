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
import java.util.function.LongFunction;

/**
 * A write with an idempotency key is accepted by the third replica, which is cut off at that moment. Other proposers
 * keep preempting the write at the first two, whose promises show nothing of it. When the third replica is back, a read
 * finishes the proposal. So the write must not have ended as refused.
 */
public final class AcceptedByOneThatIsGone implements LongFunction<Optional<String>> {
    private static final Key KEY = Key.of("k");
    private static final Value VALUE = Value.of("once");
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);
    private static final IdempotentRequest REQUEST =
            new IdempotentRequest(new RequestId(1, 1), 5, TimeUnit.DAYS.toMillis(1_000));

    @Override
    public Optional<String> apply(long seed) {
        return new Run(new Stage(seed, Simulation.options(1_000))).violation();
    }

    private static final class Run {
        private final Stage stage;
        private Ballot highest = Ballot.ZERO;

        Run(Stage stage) {
            this.stage = stage;
        }

        Optional<String> violation() {
            stage.network().lose(this::isLost);
            Outcome told = stage.ask(
                    node(1),
                    (node, listener) -> node.writeOnce(KEY, VALUE, Optional.empty(), REQUEST, TERMS, listener));
            stage.network().lose(message -> false);
            stage.network().heal();
            stage.awaitQuorum(node(3));
            Outcome read = stage.ask(node(3), (node, listener) -> node.read(KEY, TERMS, listener));
            boolean isThere =
                    read instanceof Read found && found.record().content().equals(VALUE);
            return Optional.of("a write that was refused is read: " + told)
                    .filter(violation -> told instanceof Refused && isThere);
        }

        private SimulatedNode node(int number) {
            return stage.nodes().get(number - 1);
        }

        /** Sees each message between two nodes. Only the third node acknowledges an ACCEPT to another one. */
        private boolean isLost(Message message) {
            if (message instanceof Prepare prepare) {
                highest = Ballot.max(highest, prepare.ballot());
            } else if (message instanceof Promise) {
                Ballot higher = new Ballot(highest.timestamp() + 1, 1, 1);
                preempt(1, higher);
                preempt(2, higher);
            } else if (message instanceof Accepted) {
                cutOffTheThird();
                return true;
            }
            return false;
        }

        private void preempt(int number, Ballot ballot) {
            node(number).handle(new Prepare(KEY, ballot, RequestId.NONE), reply -> {});
        }

        private void cutOffTheThird() {
            for (int other = 0; other < 2; other++) {
                stage.network().cut(2, other);
                stage.network().cut(other, 2);
            }
        }
    }
}
