package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;

/**
 * A node dies after it has agreed, and before it is founded. While it is away the others get as far as they can. It
 * comes back while another one is away, and is founded by one that is.
 */
public final class AwayDuringFounding extends DirectedSchedule {
    private static final long SOME_MS = 1_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        SimulatedNode away = key.node(2);
        key.stage().await(() -> away.hasAgreed() || away.isFounded(), "the second node agrees");
        if (away.isFounded()) {
            throw new IllegalStateException("it is founded already");
        }
        away.losePower();
        key.pass(SOME_MS);
        key.node(3).kill();
        if (!key.node(1).isFounded()) {
            throw new IllegalStateException("its answer was lost");
        }
        away.start();
        key.pass(SOME_MS);
        if (!away.isFounded()) {
            return Optional.of("I15: it reaches a founded node, and is not founded");
        }
        key.node(3).start();
        key.stage().awaitFounded();
        return Optional.empty();
    }
}
