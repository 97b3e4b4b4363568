package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.PassNoted;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;

/** PASS END: remembers which slots the pass verified. */
final class PassEndHandler implements RequestHandler<PassEnd> {
    private final PassMemory memory;

    PassEndHandler(PassMemory memory) {
        this.memory = memory;
    }

    @Override
    public void handle(PassEnd end, PendingReply reply) {
        memory.ended(end.pass());
        reply.accept(new PassNoted(memory.isHurried()));
    }
}
