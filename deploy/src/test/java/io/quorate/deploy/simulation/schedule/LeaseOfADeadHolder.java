package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A coordinator takes a lease, and dies before any STORE leaves it. So the lease is chosen, and no register of the
 * others has it. After its end, neither a read nor a scan may show it.
 */
public final class LeaseOfADeadHolder extends DirectedSchedule {
    private static final long TTL_MS = 400;

    @Override
    Optional<String> play(long seed) {
        OneKey read = afterTheEnd(seed);
        Outcome found = againUntil(Read.class, () -> read.tryToRead(2));
        if (found instanceof Read shown && !shown.record().isTombstone()) {
            return Optional.of("a read shows a lease after its end: " + found);
        }
        OneKey scan = afterTheEnd(seed);
        Outcome page = againUntil(Scanned.class, () -> scan.tryToScan(3));
        return page instanceof Scanned shown && !shown.entries().isEmpty()
                ? Optional.of("a scan shows a lease after its end: " + page)
                : Optional.empty();
    }

    /** Without the first node, an operation of several rounds may meet its deadline. It then shows nothing. */
    private static Outcome againUntil(Class<? extends Outcome> type, Supplier<Outcome> ask) {
        Outcome outcome = ask.get();
        for (int i = 0; i < 5 && !type.isInstance(outcome); i++) {
            outcome = ask.get();
        }
        return Stage.require(type, outcome);
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
