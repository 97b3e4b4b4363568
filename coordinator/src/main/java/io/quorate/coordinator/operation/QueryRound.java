package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.VersionReply;
import java.util.List;
import java.util.Optional;

/** QUERY: learns the newest version of one key that a quorum of replicas holds. */
final class QueryRound extends QuorumRound {
    /** Whom to ask for the content, and not only for its version. */
    enum Content {
        FROM_NONE,
        FROM_FIRST,
        FROM_ALL
    }

    private final Key key;
    private final Content content;
    private final Listener listener;

    interface Listener {
        void queried(QueryRound round);

        void queryMissed(QueryRound round);

        void queriedLate(QueryRound round, Exchange exchange);
    }

    QueryRound(
            Surroundings surroundings,
            List<Replica> replicas,
            int[] preference,
            int required,
            Key key,
            Content content,
            Listener listener) {
        super(surroundings, replicas, preference, required);
        this.key = key;
        this.content = content;
        this.listener = listener;
    }

    /** Whoever stands in is asked for the content too: the one that was to bring it may be the one that does not answer. */
    @Override
    Request request(Turn turn) {
        boolean withContent =
                switch (content) {
                    case FROM_NONE -> false;
                    case FROM_FIRST -> turn != Turn.FURTHER;
                    case FROM_ALL -> true;
                };
        return new Query(key, withContent);
    }

    @Override
    void reached() {
        listener.queried(this);
    }

    @Override
    void missed() {
        listener.queryMissed(this);
    }

    @Override
    void late(Exchange exchange) {
        listener.queriedLate(this, exchange);
    }

    @Override
    public String phase() {
        return "query";
    }

    /** The newest version among the answers. */
    Version newest() {
        Version newest = Version.ZERO;
        for (int i = 0; i < replicas.size(); i++) {
            if (hasAcked(i)) {
                newest = Version.max(newest, versionAt(i));
            }
        }
        return newest;
    }

    /** How many of the answers show this version. */
    int holders(Version version) {
        int holders = 0;
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, version)) {
                holders++;
            }
        }
        return holders;
    }

    boolean holds(int replica, Version version) {
        return hasAcked(replica) && versionAt(replica).equals(version);
    }

    /** The record of this version, if an answer brought it; that something is deleted is known from its version alone. */
    Optional<Record> record(Version version) {
        for (int i = 0; i < replicas.size(); i++) {
            if (!holds(i, version)) {
                continue;
            }
            if (exchange(i).reply().orElseThrow() instanceof RecordReply full) {
                return Optional.of(full.record());
            }
            if (isTombstoneAt(i)) {
                return Optional.of(new Record(version, Tombstone.TOMBSTONE));
            }
        }
        return Optional.empty();
    }

    /** Whether the newest register among the answers holds a value. */
    boolean newestIsValue() {
        Version newest = newest();
        for (int i = 0; i < replicas.size(); i++) {
            if (holds(i, newest) && !isTombstoneAt(i)) {
                return true;
            }
        }
        return false;
    }

    private Version versionAt(int replica) {
        return exchange(replica).version().orElseThrow();
    }

    private boolean isTombstoneAt(int replica) {
        Reply reply = exchange(replica).reply().orElseThrow();
        return reply instanceof RecordReply full
                ? full.record().isTombstone()
                : reply instanceof VersionReply brief && brief.tombstone();
    }
}
