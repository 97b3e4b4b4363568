package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.forgetting.handler.ForgettingHandlers;
import io.quorate.node.replica.request.RequestHandlers;
import io.quorate.node.replica.state.KeyStates;

/** The handlers of anti-entropy of one replica. */
public final class ConvergenceHandlers {
    private final DigestHandler digests;
    private final ListHandler lists;
    private final FetchHandler fetches;
    private final PassEndHandler ends;
    private final ListDeletedHandler deletions;
    private final ForgettingHandlers forgetting;

    public ConvergenceHandlers(
            KeyStates states,
            PacedReader reader,
            PassMemory memory,
            PassFigures figures,
            ForgettingFigures forgottenKeys,
            Clock clock) {
        RangeReads reads = new RangeReads(states, clock, figures);
        this.digests = new DigestHandler(reads, reader, memory, figures);
        this.lists = new ListHandler(reads, reader);
        this.fetches = new FetchHandler(reads, reader);
        this.ends = new PassEndHandler(memory);
        this.deletions = new ListDeletedHandler(reads, reader);
        this.forgetting = new ForgettingHandlers(states, reader::soon, forgottenKeys, clock);
    }

    public void addTo(RequestHandlers handlers) {
        handlers.put(Digest.class, digests);
        handlers.put(ListRange.class, lists);
        handlers.put(Fetch.class, fetches);
        handlers.put(PassEnd.class, ends);
        handlers.put(ListDeleted.class, deletions);
        forgetting.addTo(handlers);
    }
}
