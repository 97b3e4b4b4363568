package io.quorate.coordinator.round;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;
import java.util.Optional;

/**
 * PREPARE: a majority promises to accept nothing below this ballot any more, and shows what it holds. From then on no
 * proposal of a lower ballot can be chosen that these replicas have not shown.
 */
public final class PrepareRound extends BallotRound {
    private final Ballot ballot;
    private final PrepareListener listener;

    public interface PrepareListener {
        void prepared(PrepareRound round);

        void prepareMissed(PrepareRound round);

        /** One more replica has answered, or failed, after the majority had answered. */
        void answeredLate(PrepareRound round);
    }

    public PrepareRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int majority,
            Key key,
            Ballot ballot,
            RequestId request,
            long demandedAge,
            PrepareListener listener) {
        super(context, replicas, majority, new Prepare(key, ballot, request, demandedAge));
        this.ballot = ballot;
        this.listener = listener;
    }

    public Ballot ballot() {
        return ballot;
    }

    /** R of the protocol: the newest register among the promises. */
    public Record newest() {
        return promises().stream().map(Promise::record).reduce(Record.NEVER_WRITTEN, Record::newest);
    }

    /**
     * R as the base of a conditional write. If the key is absent everywhere, it is a tombstone at the highest floor
     * that a promise told. So two lives of a key never share a version (C2).
     */
    public Record base() {
        return Promise.base(promises());
    }

    /** How old the evidence of these promises is: their lowest age (C3). */
    public long evidenceAge() {
        return promises().stream()
                .mapToLong(promise -> promise.horizon().age())
                .min()
                .orElse(0);
    }

    /** How many of the registers have this version. */
    public int holders(Version version) {
        return (int) promises().stream()
                .filter(promise -> promise.record().version().equals(version))
                .count();
    }

    /** H of the protocol, if it is newer than R: a conditional write that may have been chosen already. */
    public Optional<Proposal> unsettled() {
        return Unsettled.among(promises());
    }

    public List<Promise> promises() {
        return exchanges().stream()
                .flatMap(exchange -> exchange.reply().stream())
                .filter(Promise.class::isInstance)
                .map(Promise.class::cast)
                .toList();
    }

    @Override
    protected void reached() {
        listener.prepared(this);
    }

    @Override
    protected void missed() {
        listener.prepareMissed(this);
    }

    @Override
    protected void late(Exchange exchange) {
        listener.answeredLate(this);
    }

    @Override
    public Phase phase() {
        return Phase.PREPARE;
    }
}
