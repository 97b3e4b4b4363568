package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.Slots;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.WalkLimits;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.RegisterWalk;
import java.util.ArrayList;
import java.util.List;

/** LIST: shows the entries of some slots in a range, which digests showed to differ. */
final class ListHandler implements RequestHandler<ListRange> {
    /** A range grows while its digests are compared, but not by much. */
    private static final int ENTRIES_MAX = 2 * WalkLimits.ENTRIES_MAX;

    private final RangeReads reads;
    private final PacedReader reader;

    ListHandler(RangeReads reads, PacedReader reader) {
        this.reads = reads;
        this.reader = reader;
    }

    @Override
    public void handle(ListRange list, PendingReply reply) {
        reader.soon(() -> reply.accept(reads.orRejection(() -> read(list))));
    }

    private Reply read(ListRange list) {
        List<ListedEntry> entries = new ArrayList<>();
        try (RegisterWalk walk = reads.walk(list.range())) {
            while (walk.advanceToAny()) {
                if (isShown(walk.state()) && list.slots().contains(Slots.of(walk.key()))) {
                    entries.add(reads.entry(walk));
                }
                if (entries.size() > ENTRIES_MAX) {
                    return new Rejected(
                            Rejected.RejectionCause.REFUSED, "the range has more than " + ENTRIES_MAX + " entries");
                }
            }
        }
        return new Listed(entries);
    }

    /** Forgotten tombstones too: who still has one need not be sent to one that has forgotten it. */
    private static boolean isShown(KeyState state) {
        return !state.isAbsent()
                || state.held().isForgotten()
                || state.accepted().isPresent();
    }
}
