package io.quorate.node.replica;

import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.replica.state.KeyStates;
import java.util.concurrent.Executor;

/** The two sides of hinted handoff: a replica keeps hints for others, and is offered what it missed itself. */
public record HandoffHandlers(MissedHandler missed, OfferHandler offer) {
    public static HandoffHandlers of(KeyStates states, Executor readers, Hints hints) {
        return new HandoffHandlers(new MissedHandler(states.store(), hints), new OfferHandler(states, readers, hints));
    }
}
