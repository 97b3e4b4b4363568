package io.quorate.coordinator.operation.register;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Invariant;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.StoreRound;
import io.quorate.coordinator.round.WriteSpace;
import java.util.function.Consumer;

/**
 * An unconditional write or delete. It learns the highest version from a majority, mints a higher one, and stores it on
 * a majority. That is two rounds, without ballots and without a wait for another operation.
 *
 * <p>A write gets one version in its life (I9). After a STORE was sent, a second version could let the write take
 * effect twice (v, w, v). So a write that is not acknowledged in time ends as {@link Outcome.Unknown}, never as a
 * retry.
 *
 * <p>It takes space in the outboxes of its replicas before the first round. If too many replicas are congested, it ends
 * as refused before anything has an effect. It goes on without congested replicas while the others are enough.
 *
 * <p>At level {@code one} there is no first round, and the clock alone gives the version. The write is lost if a
 * register already holds a higher one. If the clock is so far behind that the write is below a fence, the next one of
 * this event loop is not.
 */
public final class WriteOperation extends Operation implements QueryRound.QueryListener, StoreRound.StoreListener {
    private final OperationContext operationContext;
    private final Key key;
    private final Content content;
    private final VersionMint versions;
    private WriteSpace space = WriteSpace.none();
    private QueryRound query;
    private StoreRound store;
    private boolean created;
    private Version version;

    public WriteOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            Content content,
            VersionMint versions,
            Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.key = key;
        this.operationContext = operationContext;
        this.content = content;
        this.versions = versions;
    }

    @Override
    protected void begin() {
        space = WriteSpace.take(replicas, new StoreRequest(key, new Record(Version.ZERO, content)).contentBytes());
        if (space.isTooCongestedFor(level() == ConsistencyLevel.ONE ? required : Math.max(majority, required))) {
            finish(new Outcome.Refused(Outcome.RefusalReason.OVERLOADED, evidence));
            return;
        }
        if (level() == ConsistencyLevel.ONE) {
            store(versions.next(Version.ZERO));
            return;
        }
        query = new QueryRound(
                context,
                replicas,
                space.congestedLast(operationContext.preference()),
                majority,
                key,
                QueryRound.ContentSource.FROM_NONE,
                purpose(),
                this);
        evidence.add(query);
        query.start();
    }

    private Query.Purpose purpose() {
        return content instanceof Tombstone ? Query.Purpose.DELETE : Query.Purpose.PUT;
    }

    @Override
    public void queried(QueryRound round) {
        created = !round.newestReadsAsValue();
        versions.sawFence(round.highestFence());
        store(versions.next(round.newestOrAccepted()));
    }

    @Override
    public void queryMissed(QueryRound round) {
        finish(refused(round));
    }

    @Override
    public void queriedLate(QueryRound round, Exchange exchange) {
        // Nothing to repair: the write itself goes to every replica.
    }

    private void store(Version minted) {
        Invariant.require(store == null, "a write gets one version (I9)");
        Invariant.require(query == null || minted.isAfter(query.newest()), "a write is newer than what it saw (I8)");
        version = minted;
        store = new StoreRound(context, replicas, required, key, new Record(version, content), this);
        evidence.add(store);
        store.startWithin(space);
    }

    @Override
    public void stored(StoreRound round) {
        Invariant.require(round.acks() >= required, "an applied write is on enough replicas (I7)");
        finish(new Outcome.Applied(version, created, evidence));
    }

    @Override
    public void storeMissed(StoreRound round) {
        finish(withoutAcks());
    }

    @Override
    protected void ended() {
        space.giveBackRest();
        if (store != null) {
            versions.sawFence(store.highestFence());
        }
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return store == null ? refused(query) : withoutAcks();
    }

    /** The outcome without enough acks: unknown as soon as a single replica may hold the version. */
    private Outcome withoutAcks() {
        if (store.mayHaveHadEffect()) {
            return new Outcome.Unknown(evidence);
        }
        return refused(store);
    }

    @Override
    protected void abandon() {
        if (query != null) {
            query.abandon();
        }
        if (store != null) {
            store.abandon();
        }
    }
}
