package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.wire.Message.Accept;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One replica accepts a write with an idempotency key. After its retention, another write uses the same key, and finds
 * the old proposal. It has to finish that one as a stranger's, and then has its own effect.
 */
public final class KeyReusedAfterRetention extends DirectedSchedule {
    private static final RequestId KEY = new RequestId(1, 1);
    private static final long RETENTION_MS = 300;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.write(1, "base");
        key.network().lose(Accept.class::isInstance);
        Stage.require(Outcome.Unknown.class, send(key, "first", 1, RETENTION_MS));
        key.network().lose(message -> false);
        key.pass(2 * RETENTION_MS);
        Outcome second = send(key, "second", 2, TimeUnit.DAYS.toMillis(1_000));
        if (second instanceof Refused) {
            return Optional.of("Write with an idempotency key: the key is not free after the retention: " + second);
        }
        Stage.require(Applied.class, second);
        boolean isThere = key.readPatiently(2).record().content().equals(Value.of("second"));
        return Optional.of("I1: a write was answered, and is not there: " + second)
                .filter(lost -> !isThere);
    }

    private static Outcome send(OneKey key, String value, long fingerprint, long retentionMs) {
        return key.tryToWriteOnce(3, value, Optional.empty(), new IdempotentRequest(KEY, fingerprint, retentionMs));
    }
}
