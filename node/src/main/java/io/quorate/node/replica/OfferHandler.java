package io.quorate.node.replica;

import io.quorate.common.model.Hint;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.convergence.handoff.SortedReads;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** OFFER: says which of the offered versions the registers of this replica lack. It runs on a reader's thread. */
public final class OfferHandler implements RequestHandler<Offer> {
    private final KeyStates states;
    private final Executor readers;
    private final Hints hints;

    OfferHandler(KeyStates states, Executor readers, Hints hints) {
        this.states = states;
        this.readers = readers;
        this.hints = hints;
    }

    @Override
    public void handle(Offer offer, PendingReply reply) {
        try {
            readers.execute(() -> reply.accept(compare(offer)));
        } catch (RejectedExecutionException e) {
            reply.accept(Rejection.tooManyReads());
        }
    }

    private Reply compare(Offer offer) {
        List<Integer> lacking = new ArrayList<>();
        try (SortedReads reads = new SortedReads(states.store())) {
            for (int i = 0; i < offer.hints().size(); i++) {
                Hint hint = offer.hints().get(i);
                if (hint.version().isAfter(reads.get(hint.key()).version())) {
                    lacking.add(i);
                }
            }
        } catch (RuntimeException e) {
            return states.rejection(e);
        }
        hints.offeredHere(lacking.size());
        return new Lacks(lacking);
    }
}
