package io.quorate.coordinator.operation.consensus;

import java.util.Collection;
import java.util.List;

/**
 * The writes that were in the queue of a key at one instant, in their order: those that a round may answer that began
 * then. A write that came later may have begun after another one that the round does not show (I8).
 */
final class WaitingTurns {
    static final WaitingTurns NONE = new WaitingTurns(List.of());

    private final List<ProposerTurn> turns;

    WaitingTurns(Collection<ProposerTurn> turns) {
        this.turns = List.copyOf(turns);
    }

    /** The first has the turn, and learns last. Otherwise the next would begin in vain. */
    void learn(Observation observation) {
        turns.stream().skip(1).forEach(turn -> turn.learn(observation));
        turns.stream().limit(1).forEach(turn -> turn.learn(observation));
    }
}
