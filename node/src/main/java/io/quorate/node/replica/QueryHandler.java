package io.quorate.node.replica;

import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.suffrage.VotingRight;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * QUERY: shows a register. Answers on the caller's thread when memory can tell, otherwise on a reader's, so that no event
 * loop ever waits for a disk.
 */
public final class QueryHandler {
    private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);

    private final Store registers;
    private final VotingRight right;
    private final Executor readers;

    public QueryHandler(Store registers, VotingRight right, Executor readers) {
        this.registers = registers;
        this.right = right;
        this.readers = readers;
    }

    void handle(Query query, Consumer<Reply> reply) {
        try {
            Optional<Record> held = registers.getFromMemory(query.key());
            if (held.isPresent()) {
                reply.accept(show(query, held.get()));
            } else {
                readers.execute(() -> reply.accept(read(query)));
            }
        } catch (RefusedException e) {
            reply.accept(new Rejected(Rejected.Cause.REFUSED, e.getMessage()));
        } catch (RejectedExecutionException e) {
            reply.accept(new Rejected(Rejected.Cause.REFUSED, "too many reads wait for the disk"));
        }
    }

    private Reply read(Query query) {
        try {
            return show(query, registers.get(query.key()));
        } catch (RefusedException e) {
            return new Rejected(Rejected.Cause.REFUSED, e.getMessage());
        } catch (CorruptException e) {
            right.lose(e);
            return new Rejected(Rejected.Cause.UNREADABLE, right.why());
        } catch (DiskFailedException e) {
            LOG.error("cannot read a key", e);
            return new Rejected(Rejected.Cause.UNREADABLE, e.getMessage());
        }
    }

    private static Reply show(Query query, Record record) {
        return query.withContent() ? new RecordReply(record) : VersionReply.of(record);
    }
}
