package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.Slots;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.RegisterWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LIST DELETED: shows which keys of some slots in a range could be forgotten. */
final class ListDeletedHandler implements RequestHandler<ListDeleted> {
    private final RangeReads reads;
    private final PacedReader reader;

    ListDeletedHandler(RangeReads reads, PacedReader reader) {
        this.reads = reads;
        this.reader = reader;
    }

    @Override
    public void handle(ListDeleted list, PendingReply reply) {
        reader.soon(() -> reply.accept(reads.orRejection(() -> read(list))));
    }

    private Reply read(ListDeleted list) {
        List<DeletedKey> entries = new ArrayList<>();
        try (RegisterWalk walk = reads.walk(list.range())) {
            while (entries.size() < Deleted.ENTRIES_MAX && walk.advanceToAny()) {
                Optional<DeletedKey> deleted = reads.deleted(walk);
                deleted.filter(each -> list.slots().contains(Slots.of(each.key())))
                        .ifPresent(entries::add);
            }
        }
        return new Deleted(entries);
    }
}
