package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;

/**
 * A coordinator takes a lease, and dies before any STORE leaves it. So the lease is chosen, and no register of the
 * others has it. After its end, neither a read nor a scan may show it.
 */
public final class LeaseOfADeadHolder extends DirectedSchedule {
    private static final long TTL_MS = 400;

    @Override
    Optional<String> play(long seed) {
        OneKey read = afterTheEnd(seed);
        Outcome found = read.tryToRead(2);
        if (!Stage.require(Read.class, found).record().isTombstone()) {
            return Optional.of("a read shows a lease after its end: " + found);
        }
        Scanned page = Stage.require(Scanned.class, afterTheEnd(seed).tryToScan(3));
        return Optional.of("a scan shows a lease after its end: " + page)
                .filter(shown -> !page.entries().isEmpty());
    }

    private static OneKey afterTheEnd(long seed) {
        OneKey key = new OneKey(seed);
        key.network().lose(StoreRequest.class::isInstance);
        key.acquire(1, TTL_MS);
        key.cutOff(1);
        key.network().lose(message -> false);
        key.pass(2 * TTL_MS);
        return key;
    }
}
