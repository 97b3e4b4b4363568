package io.quorate.deploy.simulation.schedule;

import java.util.Optional;

/** A write with an idempotency key suffers a {@link LostAcceptance}, and the others keep it from a second one. */
public final class AcceptedByOneThatIsGone extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        LostAcceptance write = new LostAcceptance(seed, promised -> {});
        return write.violation(write.write());
    }
}
