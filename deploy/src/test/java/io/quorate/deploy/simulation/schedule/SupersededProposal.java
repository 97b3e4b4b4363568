package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A plain write gets to the first replica and no other. It is the condition of a request with an idempotency key, and
 * only the first replica accepts that. Then the first replica is cut off, and the request comes again. The two others
 * do not have the plain write. So they vote that the request is refused. The first replica comes back, and still shows
 * the proposal.
 *
 * <p>The request must be refused again, and must not take effect. After a read through each node, no replica may show
 * the proposal any more.
 */
public final class SupersededProposal extends DirectedSchedule {
    private static final IdempotentRequest REQUEST =
            new IdempotentRequest(new RequestId(1, 1), 5, TimeUnit.DAYS.toMillis(1_000));

    @Override
    Optional<String> play(long seed) {
        Run read = new Run(new OneKey(seed));
        read.refusal();
        Optional<String> left = read.key.disagreement();
        if (left.isPresent()) {
            return left;
        }
        Run again = new Run(new OneKey(seed));
        Version first = again.refusal();
        Outcome second = Stage.untilNotRefused(() -> again.send(1));
        if (second instanceof Applied applied) {
            return Optional.of("I9: one request was refused at " + first + " and then applied at " + applied.version());
        }
        Version refuted = Stage.require(ConditionFailed.class, second).version();
        return Optional.of("I9: one request was refused at " + first + " and then at " + refuted)
                .filter(twice -> !refuted.equals(first));
    }

    private static final class Run {
        private final OneKey key;
        private Precondition condition;

        Run(OneKey key) {
            this.key = key;
        }

        Version refusal() {
            key.write(1, "base");
            key.network().lose(message -> message instanceof StoreRequest || message instanceof Accept);
            Stage.require(Outcome.Unknown.class, key.tryToWrite(1, "unstored"));
            condition = new Precondition.AnyOf(Set.of(key.versionAt(1)));
            Stage.require(Outcome.Unknown.class, send(1));
            key.network().lose(message -> false);
            key.cutOff(1);
            Version refuting = Stage.require(ConditionFailed.class, send(2)).version();
            key.heal();
            return refuting;
        }

        Outcome send(int node) {
            return key.tryToWriteOnce(node, "once", Optional.of(condition), REQUEST);
        }
    }
}
