package io.quorate.node.replica.state;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.view.NewestVersion;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.lsm.view.RecordPair;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.voting.VotingRight;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the store holds of a key. It reads from memory on the caller's thread, and from disk on a reader's. So no
 * event loop and no log thread waits for a disk. Safe for use by several threads.
 *
 * <p>It reads the acceptor before the register. In the other order it could miss a proposal: one that is stored, and
 * whose successor replaces it, between the two reads. It reads both in one view of the store. In two views, a proposal
 * could seem to be newer than a register that was forgotten between the two reads (R4).
 */
public final class KeyStates {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStates.class);

    private final Store store;
    private final VotingRight right;
    private final Executor readers;
    private final Ages ages;
    private final KeyQueues queues = new KeyQueues();
    private final Rejections rejections = new Rejections();
    private volatile boolean consensusUsed;

    public KeyStates(Store store, VotingRight right, Executor readers) {
        this.store = store;
        this.right = right;
        this.readers = readers;
        this.ages = new Ages(store);
        try (RecordIterator promises = store.scan(Keyspace.CONSENSUS, KeyRange.ALL, Direction.ASCENDING)) {
            this.consensusUsed = promises.advance();
        }
    }

    public Store store() {
        return store;
    }

    public Ages ages() {
        return ages;
    }

    /** In which changes of a key that need its state take turns. */
    public KeyQueues queues() {
        return queues;
    }

    /** Called before the first promise is written. Until then, reads do not look for promises. */
    public void useConsensus() {
        consensusUsed = true;
    }

    /** As {@link #read(Key, RequestId, BooleanSupplier, Consumer, Consumer)}, without the trace of a request. */
    public void read(Key key, BooleanSupplier tooLate, Consumer<KeyState> found, Consumer<Rejected> refused) {
        read(key, RequestId.NONE, tooLate, found, refused);
    }

    /**
     * @param tooLate asked before the disk is read: whether nobody needs the state any more
     * @param request the request whose trace to read too. It is read after the register, so it has all that was stored
     *     by then
     * @param found receives the state, on this thread or a reader's
     * @param refused receives the refusal instead, if the state could not be read
     */
    public void read(
            Key key, RequestId request, BooleanSupplier tooLate, Consumer<KeyState> found, Consumer<Rejected> refused) {
        Optional<KeyState> state;
        try {
            state = fromMemory(key, request);
            if (state.isEmpty()) {
                readers.execute(() -> {
                    if (tooLate.getAsBoolean()) {
                        refused.accept(Rejection.expired());
                    } else {
                        readBlocking(key, request, found, refused);
                    }
                });
                return;
            }
        } catch (RejectedExecutionException e) {
            refused.accept(Rejection.tooManyReads());
            return;
        } catch (RuntimeException e) {
            refused.accept(rejection(e));
            return;
        }
        show(state.get(), found, refused);
    }

    /**
     * As {@link #read(Key, BooleanSupplier, Consumer, Consumer)}, without the content. If the store knows the version
     * by itself, no record is read.
     */
    public void readVersion(
            Key key, BooleanSupplier tooLate, Consumer<VersionReply> found, Consumer<Rejected> refused) {
        Optional<VersionReply> known;
        try {
            known = knownVersion(key);
        } catch (RuntimeException e) {
            refused.accept(rejection(e));
            return;
        }
        if (known.isPresent()) {
            show(known.get(), found, refused);
        } else {
            read(
                    key,
                    tooLate,
                    state -> found.accept(VersionReply.of(state.register(), state.accepted(), state.horizon())),
                    refused);
        }
    }

    /** A defect in what follows would end the reader's thread without a reply. */
    private static <T> void show(T state, Consumer<T> found, Consumer<Rejected> refused) {
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
        long age = ages.age();
        Optional<KeyState> state = consensusUsed
                ? store.getFromMemory(Keyspace.CONSENSUS, Keyspace.DATA, key)
                        .map(both -> state(both.first(), both.second()))
                : store.getFromMemory(key).map(register -> state(Record.NEVER_WRITTEN, register));
        return state.flatMap(found -> traceFromMemory(request).map(trace -> shown(key, found, trace, age)));
    }

    /**
     * The acceptor, and then the register. These are two moments. A key that is forgotten between the two is not known
     * any more, and is read in one view.
     */
    private Optional<VersionReply> knownVersion(Key key) {
        long age = ages.age();
        Optional<NewestVersion> known = store.newestVersion(key);
        if (known.isEmpty() || !consensusUsed) {
            return known.map(register -> shown(AcceptorState.NONE, register, age));
        }
        return store.getFromMemory(Keyspace.CONSENSUS, key)
                .map(AcceptorState::of)
                .flatMap(acceptor -> store.newestVersion(key).map(register -> shown(acceptor, register, age)));
    }

    private static VersionReply shown(AcceptorState acceptor, NewestVersion register, long age) {
        Optional<Proposal> accepted = acceptor.accepted()
                .filter(proposal -> proposal.record().version().isAfter(register.version()));
        return new VersionReply(
                register.version(), register.tombstone(), register.expiresAtMs(), accepted, Horizon.ofAge(age));
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
            long age = ages.age();
            state = shown(key, read(key), trace(request), age);
        } catch (RuntimeException e) {
            refused.accept(rejection(e));
            return;
        } catch (Error e) {
            refused.accept(defect(e));
            return;
        }
        show(state, found, refused);
    }

    /** The acceptor and the register, in one view of the store, the acceptor first. May block on the disk. */
    private KeyState read(Key key) {
        if (!consensusUsed) {
            return state(Record.NEVER_WRITTEN, store.get(key));
        }
        RecordPair both = store.get(Keyspace.CONSENSUS, Keyspace.DATA, key);
        return state(both.first(), both.second());
    }

    /** The register, and then the acceptor. No proposal is accepted between the two unseen. May block on the disk. */
    public KeyState readRegisterFirst(Key key) {
        Record register = store.get(key);
        return state(store.get(Keyspace.CONSENSUS, key), register);
    }

    private RequestTrace trace(RequestId request) {
        return request.equals(RequestId.NONE)
                ? RequestTrace.NONE
                : RequestEntries.trace(
                        store.get(Keyspace.REQUESTS, RequestEntries.votesKey(request)),
                        store.get(Keyspace.REQUESTS, RequestEntries.storedKey(request)));
    }

    /** @param age read before the register. What an absent key adds is read after it (R4) */
    private KeyState shown(Key key, KeyState found, RequestTrace trace, long age) {
        Horizon horizon = found.isAbsent() ? new Horizon(age, ages.age(), ages.floorOf(key), 0) : Horizon.ofAge(age);
        return new KeyState(found.acceptor(), found.held(), trace, horizon);
    }

    /** Walks over a range of keys as they are at one moment. The caller closes the walk. */
    public RegisterWalk walk(KeyRange range, Direction direction) {
        return consensusUsed
                ? new RegisterWalk(direction, store.scan(Keyspace.CONSENSUS, Keyspace.DATA, range, direction))
                : new RegisterWalk(direction, store.scan(range, direction));
    }

    /** As {@link #walk}, up, past the block cache: {@link Store#scanPastCache}. */
    public RegisterWalk walkPastCache(KeyRange range) {
        return consensusUsed
                ? new RegisterWalk(Direction.ASCENDING, store.scanPastCache(Keyspace.CONSENSUS, Keyspace.DATA, range))
                : new RegisterWalk(Direction.ASCENDING, store.scanPastCache(Keyspace.DATA, range));
    }

    private static KeyState state(Record promise, Record register) {
        return new KeyState(AcceptorState.of(promise), register);
    }
}
