package io.quorate.node.replica;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.lsm.Keyspace;
import io.quorate.node.lsm.RecordIterator;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the store holds of a key: on the caller's thread when memory can tell, otherwise on a reader's, so that no
 * event loop and no log thread ever waits for a disk. Safe for use by several threads.
 *
 * <p>The acceptor is read before the register. In the other order, a proposal that is stored and replaced by its successor
 * between the two reads would be seen in neither.
 */
public final class KeyStates {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStates.class);

    private final Store store;
    private final Executor readers;
    private volatile boolean consensusUsed;

    public KeyStates(Store store, Executor readers) {
        this.store = store;
        this.readers = readers;
        try (RecordIterator promises = store.scan(Keyspace.CONSENSUS, KeyRange.ALL, Direction.ASCENDING)) {
            this.consensusUsed = promises.advance();
        }
    }

    Store store() {
        return store;
    }

    /** To be called before the first promise is written: until then, reads do not look for any. */
    void useConsensus() {
        consensusUsed = true;
    }

    /**
     * @param found told the state, on this thread or a reader's
     * @param refused told instead, if the state could not be read
     */
    void read(Key key, Consumer<KeyState> found, Consumer<Rejected> refused) {
        try {
            Optional<KeyState> state = fromMemory(key);
            if (state.isPresent()) {
                found.accept(state.get());
            } else {
                readers.execute(() -> readBlocking(key, found, refused));
            }
        } catch (RefusedException e) {
            refused.accept(Rejection.of(e));
        } catch (RejectedExecutionException e) {
            refused.accept(new Rejected(Rejected.Cause.OVERLOADED, "too many reads wait for the disk"));
        }
    }

    private Optional<KeyState> fromMemory(Key key) {
        Optional<Record> promise =
                consensusUsed ? store.getFromMemory(Keyspace.CONSENSUS, key) : Optional.of(Record.NEVER_WRITTEN);
        return promise.flatMap(found -> store.getFromMemory(key).map(register -> state(found, register)));
    }

    private void readBlocking(Key key, Consumer<KeyState> found, Consumer<Rejected> refused) {
        KeyState state;
        try {
            Record promise = consensusUsed ? store.get(Keyspace.CONSENSUS, key) : Record.NEVER_WRITTEN;
            state = state(promise, store.get(key));
        } catch (RefusedException e) {
            refused.accept(Rejection.of(e));
            return;
        } catch (CorruptException | DiskFailedException | MalformedException e) {
            LOG.error("cannot read a key", e);
            refused.accept(new Rejected(Rejected.Cause.UNREADABLE, e.getMessage()));
            return;
        }
        found.accept(state);
    }

    private static KeyState state(Record promise, Record register) {
        return new KeyState(AcceptorState.of(promise), register);
    }
}
