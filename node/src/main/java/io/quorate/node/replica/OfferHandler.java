package io.quorate.node.replica;

import io.quorate.common.model.Hint;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.handoff.SortedReads;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/** OFFER: says which of the offered versions the registers of this replica lack. It runs on a reader's thread. */
public final class OfferHandler implements RequestHandler<Offer> {
    private final KeyStates states;
    private final Executor readers;
    private final IntConsumer offered;

    /** @param offered receives how many registers of an offer this replica lacks */
    OfferHandler(KeyStates states, Executor readers, IntConsumer offered) {
        this.states = states;
        this.readers = readers;
        this.offered = offered;
    }

    @Override
    public void handle(Offer offer, PendingReply reply) {
        try {
            readers.execute(() -> reply.accept(compare(offer.hints())));
        } catch (RejectedExecutionException e) {
            reply.accept(Rejection.tooManyReads());
        }
    }

    private Reply compare(List<Hint> hints) {
        List<Integer> lacking = new ArrayList<>();
        if (hints.isEmpty()) {
            return new Lacks(lacking);
        }
        try (SortedReads reads = new SortedReads(states.store(), hints.get(0).key())) {
            for (int i = 0; i < hints.size(); i++) {
                Hint hint = hints.get(i);
                if (hint.version().isAfter(reads.get(hint.key()).version())) {
                    lacking.add(i);
                }
            }
        } catch (RuntimeException e) {
            return states.rejection(e);
        }
        offered.accept(lacking.size());
        return new Lacks(lacking);
    }
}
