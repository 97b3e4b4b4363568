package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.StoreRequest;
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
        Read read = afterTheEnd(seed).readPatiently(2);
        if (!read.record().isTombstone()) {
            return Optional.of("Expiry: a read shows a lease after its end: " + read);
        }
        Scanned page = afterTheEnd(seed).scanPatiently(3);
        return Optional.of("Expiry: a scan shows a lease after its end: " + page)
                .filter(late -> !page.entries().isEmpty());
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
