package io.quorate.coordinator.round;

import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.RegisterReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** QUERY: learns the newest version of one key that a quorum of replicas holds. */
public final class QueryRound extends QuorumRound {
    /** Whom to ask for the content, and not only for its version. */
    public enum ContentSource {
        FROM_NONE,
        FROM_FIRST,
        FROM_ALL
    }

    private final Key key;
    private final ContentSource content;
    private final Query.Purpose purpose;
    private final QueryListener listener;
    private long demandedAge;

    public interface QueryListener {
        void queried(QueryRound round);

        void queryMissed(QueryRound round);

        void queriedLate(QueryRound round, Exchange exchange);
    }

    public QueryRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int[] preference,
            int required,
            Key key,
            ContentSource content,
            QueryListener listener) {
        this(context, replicas, preference, required, key, content, Query.Purpose.READ, listener);
    }

    public QueryRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int[] preference,
            int required,
            Key key,
            ContentSource content,
            Query.Purpose purpose,
            QueryListener listener) {
        super(context, replicas, preference, required);
        this.key = key;
        this.content = content;
        this.purpose = purpose;
        this.listener = listener;
    }

    /** The replicas answer when they know of this round of forgetting. To be called before the start. */
    public void demand(long age) {
        demandedAge = age;
    }

    @Override
    protected Request request(AskReason reason) {
        boolean withContent =
                switch (content) {
                    case FROM_NONE -> false;
                    case FROM_FIRST -> reason == AskReason.FIRST || reason == AskReason.INSTEAD && contentIsMissing();
                    case FROM_ALL -> true;
                };
        return new Query(key, withContent, purpose, demandedAge);
    }

    /**
     * Whether a replica that is asked in place of another one has to send the content too. The replica that does not
     * answer may be the one that should send it. If values are large, it probably is sending it: then the round waits a
     * moment, unless that replica failed or is late.
     */
    private boolean contentIsMissing() {
        if (hasContent()) {
            return false;
        }
        if (!context.sizes().areLarge() || isFirstOverOrLate()) {
            return true;
        }
        waitForMore(PATIENCE_MS);
        return false;
    }

    private boolean hasContent() {
        return exchanges().stream().anyMatch(exchange -> exchange.reply().orElse(null) instanceof RecordReply);
    }

    /** A round that waits for content waits no longer once it has it. */
    @Override
    protected boolean isPatient() {
        return super.isPatient() && (askedReturned() || !hasContent());
    }

    @Override
    protected void reached() {
        learnValueSize();
        listener.queried(this);
    }

    private void learnValueSize() {
        for (Exchange exchange : exchanges()) {
            if (exchange.reply().orElse(null) instanceof RecordReply full
                    && full.record().content() instanceof Value value) {
                context.sizes().found(value.bytes().length);
            }
        }
    }

    @Override
    protected void missed() {
        listener.queryMissed(this);
    }

    @Override
    protected void late(Exchange exchange) {
        if (exchange.isYes()) {
            listener.queriedLate(this, exchange);
        }
    }

    @Override
    public Phase phase() {
        return Phase.QUERY;
    }

    /** The newest version among the answers. */
    public Version newest() {
        Version newest = Version.ZERO;
        for (int i = 0; i < replicas.size(); i++) {
            if (hasAcked(i)) {
                newest = Version.max(newest, versionAt(i));
            }
        }
        return newest;
    }

    /** A version that no accepted proposal among the answers, and no register, exceeds. */
    public Version newestOrAccepted() {
        return accepted()
                .flatMap(Optional::stream)
                .map(proposal -> proposal.record().version())
                .reduce(newest(), Version::max);
    }

    /** A conditional write newer than any register shown, which may or may not have been chosen. */
    public Optional<Proposal> unsettled() {
        return Unsettled.among(accepted(), newest());
    }

    /** How many of the answers show this very proposal as accepted. */
    public int acceptors(Proposal proposal) {
        return (int) accepted()
                .filter(each -> each.isPresent() && each.get().ballot().equals(proposal.ballot()))
                .count();
    }

    private Stream<Optional<Proposal>> accepted() {
        return exchanges().stream().map(Exchange::accepted);
    }

    /** How old the evidence of these answers is: their lowest age (C3). */
    public long evidenceAge() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < replicas.size(); i++) {
            if (hasAcked(i)) {
                lowest = Math.min(lowest, registerAt(i).horizon().age());
            }
        }
        return lowest == Long.MAX_VALUE ? 0 : lowest;
    }

    /** The highest number of a round of forgetting that an answer tells. */
    public long highestAge() {
        return highest(Horizon::highestAge);
    }

    /** The latest fence that an answer tells. */
    public long highestFence() {
        return highest(Horizon::fence);
    }

    private long highest(ToLongFunction<Horizon> number) {
        long highest = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if (hasAcked(i)) {
                highest = Math.max(highest, number.applyAsLong(registerAt(i).horizon()));
            }
        }
        return highest;
    }

    /**
     * Whether the newest record may have been deleted and forgotten while the round went on (C4): one answer shows it,
     * and another one, by a replica that knows of a later round of forgetting, shows the key as absent.
     */
    public boolean isDoubtful() {
        Version newest = newest();
        if (newest.equals(Version.ZERO)) {
            return false;
        }
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, newest)
                    && isForgottenElsewhere(newest, registerAt(i).horizon().age())) {
                return true;
            }
        }
        return false;
    }

    private boolean isForgottenElsewhere(Version version, long shownUnder) {
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, Version.ZERO) && registerAt(i).horizon().mayHaveForgotten(version, shownUnder)) {
                return true;
            }
        }
        return false;
    }

    /** How many of the answers show this version. */
    public int holders(Version version) {
        int holders = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, version)) {
                holders++;
            }
        }
        return holders;
    }

    public boolean holds(int replica, Version version) {
        return hasAcked(replica) && versionAt(replica).equals(version);
    }

    /**
     * The record of this version, if an answer brought it. The version alone is enough for a plain delete. A
     * conditional delete bears the id of its request too.
     */
    public Optional<Record> record(Version version) {
        for (int i = 0; i < replicas.size(); i++) {
            if (!holds(i, version)) {
                continue;
            }
            if (registerAt(i) instanceof RecordReply full) {
                return Optional.of(full.record());
            }
            if (registerAt(i).tombstone() && version.step() == 0) {
                return Optional.of(new Record(version, Tombstone.TOMBSTONE));
            }
        }
        return Optional.empty();
    }

    /** Whether the newest register among the answers holds a value whose life is not over. */
    public boolean newestReadsAsValue() {
        return newestIs(register -> !register.tombstone() && !context.time().isOver(register.expiresAtMs()));
    }

    /** Whether the newest register among the answers holds no value. One whose life is over counts as a value. */
    public boolean newestIsTombstone() {
        return newestIs(RegisterReply::tombstone);
    }

    private boolean newestIs(Predicate<RegisterReply> property) {
        Version newest = newest();
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, newest) && property.test(registerAt(i))) {
                return true;
            }
        }
        return false;
    }

    private Version versionAt(int replica) {
        return registerAt(replica).version();
    }

    /** A yes to a query shows a register. Two final types are asked for, since a test for their interface is slower. */
    private RegisterReply registerAt(int replica) {
        Reply reply = exchange(replica).reply().orElseThrow();
        return reply instanceof RecordReply full ? full : (VersionReply) reply;
    }
}
