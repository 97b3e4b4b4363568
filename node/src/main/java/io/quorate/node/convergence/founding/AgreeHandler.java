package io.quorate.node.convergence.founding;

import io.quorate.common.model.MemberDisks;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** AGREE ON MEMBERS: agrees durably on the disks of all members, or says why not. */
public final class AgreeHandler implements RequestHandler<AgreeOnMembers> {
    private final DiskMemory memory;
    private final Executor writer;

    /** @param writer for what blocks on the disk */
    public AgreeHandler(DiskMemory memory, Executor writer) {
        this.memory = memory;
        this.writer = writer;
    }

    @Override
    public void handle(AgreeOnMembers agree, PendingReply reply) {
        try {
            writer.execute(() -> reply.accept(agree(agree.disks())));
        } catch (RejectedExecutionException e) {
            reply.accept(new Rejected(RejectionCause.OVERLOADED, "too much waits for the disk"));
        }
    }

    private Reply agree(MemberDisks disks) {
        try {
            Optional<String> objection = memory.agree(disks);
            return objection.isEmpty()
                    ? new MembersAgreed(memory.isFounded())
                    : new Rejected(RejectionCause.REFUSED, objection.get());
        } catch (IOException e) {
            return new Rejected(RejectionCause.REFUSED, "its agreement cannot be recorded: " + e.getMessage());
        }
    }
}
