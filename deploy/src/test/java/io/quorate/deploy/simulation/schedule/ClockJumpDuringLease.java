package io.quorate.deploy.simulation.schedule;

import java.util.List;
import java.util.Optional;

/**
 * One clock of three jumps by an hour, and the node is asked at once, before it hears its peers again. The value is
 * shown as long as it lives, and not after its end, through every node.
 */
public final class ClockJumpDuringLease extends DirectedSchedule {
    private static final long HOUR_MS = 3_600_000;
    private static final long TTL_MS = 5_000;
    private static final long HEARD_AGAIN_MS = 200;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        int wrong = 1 + (int) (seed % 3);
        return List.of(HOUR_MS, -HOUR_MS).stream()
                .flatMap(jumpMs -> jump(key, wrong, jumpMs).stream())
                .findFirst();
    }

    private static Optional<String> jump(OneKey key, int wrong, long jumpMs) {
        key.writeForMs(2, "lease", TTL_MS);
        key.node(wrong).clock().jump(jumpMs);
        Optional<String> early = wrongly(key, wrong, true, jumpMs);
        key.pass(HEARD_AGAIN_MS);
        Optional<String> earlyOnceHeard = wrongly(key, wrong, true, jumpMs);
        key.pass(TTL_MS);
        key.node(wrong).clock().jump(-2 * jumpMs);
        Optional<String> late = wrongly(key, wrong, false, -jumpMs);
        key.node(wrong).clock().jump(jumpMs);
        key.pass(HEARD_AGAIN_MS);
        return early.or(() -> earlyOnceHeard).or(() -> late);
    }

    /** Asks the node with the wrong clock first. */
    private static Optional<String> wrongly(OneKey key, int wrong, boolean alive, long jumpMs) {
        for (int i = 0; i < 3; i++) {
            int number = 1 + (wrong - 1 + i) % 3;
            if (key.readPatiently(number).record().isTombstone() == alive) {
                return Optional.of("Expiry: n" + number + " shows a lease as " + (alive ? "over before" : "alive after")
                        + " its end, since the clock of n" + wrong + " is off by " + jumpMs + " ms");
            }
        }
        return Optional.empty();
    }
}
