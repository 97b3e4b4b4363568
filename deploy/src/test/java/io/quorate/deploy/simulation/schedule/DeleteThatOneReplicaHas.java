package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;

/**
 * One replica stores a delete, and no other does. A scan that shows the key as absent has to put the tombstone on a
 * majority first. Otherwise a later read without that replica shows the value again.
 */
public final class DeleteThatOneReplicaHas extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.write(1, "value");
        key.network().lose(StoreRequest.class::isInstance);
        Stage.require(Outcome.Unknown.class, key.tryToDelete(1));
        key.network().lose(message -> false);
        Scanned page = Stage.require(Scanned.class, key.tryToScan(1));
        key.cutOff(1);
        boolean isBack = !key.readPatiently(2).record().isTombstone();
        return Optional.of("I1: a scan showed no key, and then a read showed its value")
                .filter(back -> page.entries().isEmpty() && isBack);
    }
}
