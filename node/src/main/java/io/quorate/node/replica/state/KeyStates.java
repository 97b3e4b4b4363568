package io.quorate.node.replica.state;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
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
 * Reads what the store holds of a key. It reads from memory on the caller's thread, and from disk on a reader's. So no
 * event loop and no log thread waits for a disk. Safe for use by several threads.
 *
 * <p>It reads the acceptor before the register. In the other order it could miss a proposal: one that is stored, and
 * whose successor replaces it, between the two reads.
 */
public final class KeyStates {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStates.class);

    private final Store store;
    private final VotingRight right;
    private final Executor readers;
    private final Rejections rejections = new Rejections();
    private volatile boolean consensusUsed;

    public KeyStates(Store store, VotingRight right, Executor readers) {
        this.store = store;
        this.right = right;
        this.readers = readers;
        try (RecordIterator promises = store.scan(Keyspace.CONSENSUS, KeyRange.ALL, Direction.ASCENDING)) {
            this.consensusUsed = promises.advance();
        }
    }

    public Store store() {
        return store;
    }

    /** Called before the first promise is written. Until then, reads do not look for promises. */
    public void useConsensus() {
        consensusUsed = true;
    }

    /** As {@link #read(Key, RequestId, Consumer, Consumer)}, without the trace of a request. */
    public void read(Key key, Consumer<KeyState> found, Consumer<Rejected> refused) {
        read(key, RequestId.NONE, found, refused);
    }

    /**
     * @param request the request whose trace to read too. It is read after the register, so it has all that was stored
     *     by then
     * @param found receives the state, on this thread or a reader's
     * @param refused receives the refusal instead, if the state could not be read
     */
    public void read(Key key, RequestId request, Consumer<KeyState> found, Consumer<Rejected> refused) {
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
        } catch (RuntimeException e) {
            refused.accept(rejection(e));
            return;
        }
        show(state.get(), found, refused);
    }

    /** A defect in what follows would end the reader's thread without a reply. */
    private void show(KeyState state, Consumer<KeyState> found, Consumer<Rejected> refused) {
        try {
            found.accept(state);
        } catch (RuntimeException | Error e) {
            refused.accept(defect(e));
        }
    }

    private static Rejected defect(Throwable why) {
        Defects.report(why);
        return new Rejected(Rejected.RejectionCause.UNREADABLE, "a defect of Quorate: " + why);
    }

    /** The answer to a request whose read failed. Any failure but a {@link StoreException} is a defect. */
    public Rejected rejection(RuntimeException why) {
        return why instanceof StoreException failure ? failure.match(rejections) : unreadable(why);
    }

    private static Rejected unreadable(RuntimeException why) {
        LOG.error("cannot read a key", why);
        return new Rejected(Rejected.RejectionCause.UNREADABLE, why.getMessage());
    }

    /** Damaged data ends the right to vote. A failed read does not, since the next one may succeed. */
    private final class Rejections implements StoreException.FailureCases<Rejected> {
        @Override
        public Rejected refused(RefusedException refusal) {
            return Rejection.of(refusal);
        }

        @Override
        public Rejected corrupt(CorruptException damage) {
            right.lose(damage);
            return new Rejected(Rejected.RejectionCause.UNREADABLE, right.why());
        }

        @Override
        public Rejected diskFailed(DiskFailedException failure) {
            return unreadable(failure);
        }

        @Override
        public Rejected cannotOpen(CannotOpenException failure) {
            return unreadable(failure);
        }

        @Override
        public Rejected unknownOutcome(UnknownOutcomeException unknown) {
            return unreadable(unknown);
        }
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
        } catch (RuntimeException e) {
            refused.accept(rejection(e));
            return;
        } catch (Error e) {
            refused.accept(defect(e));
            return;
        }
        show(state, found, refused);
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

    /** Walks over a range of keys as they are now. The caller closes the walk. */
    public RegisterWalk walk(KeyRange range, Direction direction) {
        Optional<RecordIterator> acceptors =
                consensusUsed ? Optional.of(store.scan(Keyspace.CONSENSUS, range, direction)) : Optional.empty();
        try {
            return new RegisterWalk(direction, acceptors, store.scan(range, direction));
        } catch (RuntimeException e) {
            acceptors.ifPresent(RecordIterator::close);
            throw e;
        }
    }

    /** As {@link #walk}, up, past the block cache: {@link Store#scanPastCache}. */
    public RegisterWalk walkPastCache(KeyRange range) {
        Optional<RecordIterator> acceptors =
                consensusUsed ? Optional.of(store.scanPastCache(Keyspace.CONSENSUS, range)) : Optional.empty();
        try {
            return new RegisterWalk(Direction.ASCENDING, acceptors, store.scanPastCache(Keyspace.DATA, range));
        } catch (RuntimeException e) {
            acceptors.ifPresent(RecordIterator::close);
            throw e;
        }
    }

    private static KeyState state(Record promise, Record register) {
        return new KeyState(AcceptorState.of(promise), register);
    }
}
