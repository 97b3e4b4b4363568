package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;

/**
 * A node dies after it has agreed and before it is founded. The first node is founded by then. The node comes back
 * while the third one is away, and is founded by the first one.
 */
public final class AwayDuringFounding extends DirectedSchedule {
    private static final long SOME_MS = 1_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed, message -> message instanceof MembersAgreed);
        SimulatedNode away = key.node(2);
        key.stage().await(away::hasAgreed, "the second node agrees");
        key.network().lose(message -> false);
        key.stage().await(() -> key.node(1).isFounded() || away.isFounded(), "a node is founded");
        if (away.isFounded()) {
            throw new IllegalStateException("it is founded already");
        }
        away.losePower();
        key.node(3).kill();
        key.pass(SOME_MS);
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
