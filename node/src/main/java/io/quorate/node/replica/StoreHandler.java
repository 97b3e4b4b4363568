package io.quorate.node.replica;

import io.quorate.common.model.Suffrage;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Kept;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Store;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.lsm.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.suffrage.VotingRight;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** STORE: acknowledges when the register is durably at the record's version or a newer one. */
public final class StoreHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);
    private static final Stored STORED = new Stored();

    private final io.quorate.node.lsm.Store registers;
    private final VotingRight right;
    private final HybridClock clock;

    public StoreHandler(io.quorate.node.lsm.Store registers, VotingRight right, HybridClock clock) {
        this.registers = registers;
        this.right = right;
        this.clock = clock;
    }

    void handle(Store store, Consumer<Reply> reply) {
        clock.follow(store.record().version().timestamp());
        if (right.suffrage() == Suffrage.FILLING && holdsInMemory(store)) {
            reply.accept(new Kept(right.why()));
            return;
        }
        registers.put(store.key(), store.record(), new Acknowledgement(right, reply));
    }

    /** Whoever fills a replica cannot ask what it has, and sends the same record at each read of its key. */
    private boolean holdsInMemory(Store store) {
        try {
            return registers
                    .getFromMemory(store.key())
                    .filter(held -> !store.record().isNewerThan(held))
                    .isPresent();
        } catch (RefusedException e) {
            return false; // what refuses to be read refuses the write too, and says why
        }
    }

    private record Acknowledgement(VotingRight right, Consumer<Reply> reply) implements Completion {
        @Override
        public void applied() {
            reply.accept(right.isVoter() ? STORED : new Kept(right.why()));
        }

        @Override
        public void refused(RefusedException why) {
            reply.accept(new Rejected(Rejected.Cause.REFUSED, why.getMessage()));
        }

        @Override
        public void unknown(UnknownOutcomeException why) {
            LOG.error("a write does not count, as nobody knows whether it is durable: {}", why.getMessage());
            reply.accept(new Kept(why.getMessage()));
        }
    }
}
