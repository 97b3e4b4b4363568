package io.quorate.node.replica;

import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Store;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.lsm.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** STORE: acknowledges when the register is durably at the record's version or a newer one. */
public final class StoreHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);
    private static final Stored STORED = new Stored();

    private final io.quorate.node.lsm.Store registers;
    private final HybridClock clock;

    public StoreHandler(io.quorate.node.lsm.Store registers, HybridClock clock) {
        this.registers = registers;
        this.clock = clock;
    }

    void handle(Store store, Consumer<Reply> reply) {
        clock.follow(store.record().version().timestamp());
        registers.put(store.key(), store.record(), new Acknowledgement(reply));
    }

    private record Acknowledgement(Consumer<Reply> reply) implements Completion {
        @Override
        public void applied() {
            reply.accept(STORED);
        }

        @Override
        public void refused(RefusedException why) {
            reply.accept(new Rejected(Rejected.Cause.REFUSED, why.getMessage()));
        }

        @Override
        public void unknown(UnknownOutcomeException why) {
            LOG.error("a write is not answered, as nobody knows whether it is durable: {}", why.getMessage());
        }
    }
}
