package io.quorate.node.replica;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestTrace;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.voting.VotingRight;
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
    private final VotingRight right;
    private final Executor readers;
    private volatile boolean consensusUsed;

    public KeyStates(Store store, VotingRight right, Executor readers) {
        this.store = store;
        this.right = right;
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

    /** As {@link #read(Key, RequestId, Consumer, Consumer)}, of no request. */
    void read(Key key, Consumer<KeyState> found, Consumer<Rejected> refused) {
        read(key, RequestId.NONE, found, refused);
    }

    /**
     * @param request of which request to read the trace too, behind the register: what had been stored by then is in it
     * @param found told the state, on this thread or a reader's
     * @param refused told instead, if the state could not be read
     */
    void read(Key key, RequestId request, Consumer<KeyState> found, Consumer<Rejected> refused) {
        Optional<KeyState> state;
        try {
            state = fromMemory(key, request);
            if (state.isEmpty()) {
                readers.execute(() -> readBlocking(key, request, found, refused));
                return;
            }
        } catch (RejectedExecutionException e) {
            refused.accept(new Rejected(Rejected.RejectionCause.OVERLOADED, "too many reads wait for the disk"));
            return;
        } catch (StoreException | MalformedException e) {
            refused.accept(rejection(e));
            return;
        }
        found.accept(state.get());
    }

    /** What is damaged costs the right to vote; what the disk fails to bring does not, for it may do better next time. */
    Rejected rejection(RuntimeException why) {
        if (why instanceof RefusedException refusal) {
            return Rejection.of(refusal);
        }
        if (why instanceof CorruptException damage) {
            right.lose(damage);
            return new Rejected(Rejected.RejectionCause.UNREADABLE, right.why());
        }
        LOG.error("cannot read a key", why);
        return new Rejected(Rejected.RejectionCause.UNREADABLE, why.getMessage());
    }

    private Optional<KeyState> fromMemory(Key key, RequestId request) {
        Optional<Record> promise =
                consensusUsed ? store.getFromMemory(Keyspace.CONSENSUS, key) : Optional.of(Record.NEVER_WRITTEN);
        Optional<KeyState> state =
                promise.flatMap(found -> store.getFromMemory(key).map(register -> state(found, register)));
        return state.flatMap(found ->
                traceFromMemory(request).map(trace -> new KeyState(found.acceptor(), found.register(), trace)));
    }

    private Optional<RequestTrace> traceFromMemory(RequestId request) {
        if (request.equals(RequestId.NONE)) {
            return Optional.of(RequestTrace.NONE);
        }
        return store.getFromMemory(Keyspace.REQUESTS, RequestEntries.votesKey(request))
                .flatMap(votes -> store.getFromMemory(Keyspace.REQUESTS, RequestEntries.storedKey(request))
                        .map(stored -> RequestEntries.trace(votes, stored)));
    }

    private void readBlocking(Key key, RequestId request, Consumer<KeyState> found, Consumer<Rejected> refused) {
        KeyState state;
        try {
            Record promise = consensusUsed ? store.get(Keyspace.CONSENSUS, key) : Record.NEVER_WRITTEN;
            state = state(promise, store.get(key), request);
        } catch (StoreException | MalformedException e) {
            refused.accept(rejection(e));
            return;
        }
        found.accept(state);
    }

    private KeyState state(Record promise, Record register, RequestId request) {
        if (request.equals(RequestId.NONE)) {
            return state(promise, register);
        }
        RequestTrace trace = RequestEntries.trace(
                store.get(Keyspace.REQUESTS, RequestEntries.votesKey(request)),
                store.get(Keyspace.REQUESTS, RequestEntries.storedKey(request)));
        return new KeyState(AcceptorState.of(promise), register, trace);
    }

    /** Walks over a range of keys as they are now. To be closed. */
    RegisterWalk walk(KeyRange range, Direction direction) {
        Optional<RecordIterator> acceptors =
                consensusUsed ? Optional.of(store.scan(Keyspace.CONSENSUS, range, direction)) : Optional.empty();
        try {
            return new RegisterWalk(direction, acceptors, store.scan(range, direction));
        } catch (RuntimeException e) {
            acceptors.ifPresent(RecordIterator::close);
            throw e;
        }
    }

    private static KeyState state(Record promise, Record register) {
        return new KeyState(AcceptorState.of(promise), register);
    }
}
