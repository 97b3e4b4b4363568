package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Two replicas vote for a write with an idempotency key. The third one only stores it. A plain write overwrites it, and
 * then one of the two voters is gone. The third replica's trace of the STORE is enough for the retry to get its answer.
 */
public final class RetryWithoutOneVoter extends DirectedSchedule {
    private static final IdempotentRequest REQUEST =
            new IdempotentRequest(new RequestId(1, 1), 5, TimeUnit.DAYS.toMillis(1_000));

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.cutOff(3);
        Version first = Stage.require(Applied.class, send(key, 1)).version();
        key.heal();
        key.readPatiently(3);
        key.write(1, "later");
        key.cutOff(2);
        Outcome again = Stage.untilNotRefused(() -> send(key, 3));
        boolean isTheAnswer =
                again instanceof Applied applied && applied.version().equals(first);
        return Optional.of("Write with an idempotency key: a majority is up, and a retry gets " + again)
                .filter(unanswered -> !isTheAnswer);
    }

    private static Outcome send(OneKey key, int node) {
        return key.tryToWriteOnce(node, "once", Optional.empty(), REQUEST);
    }
}
