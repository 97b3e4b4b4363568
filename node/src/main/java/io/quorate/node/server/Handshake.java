package io.quorate.node.server;

import io.quorate.common.link.RefusedPeer;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts processes of the same cluster that mean to call this node and count the same members. Of each member it
 * accepts only the newest incarnation. Shared by all event loops.
 *
 * <p>A process with another list of members could have a majority that shares no replica with a majority of ours. So no
 * replica serves two lists.
 */
public final class Handshake {
    private final ClusterId cluster;
    private final NodeId self;
    private final long incarnation;
    private final MemberIds members;
    private final RefusedPeers refused;
    private final Map<NodeId, Long> newestIncarnations = new ConcurrentHashMap<>();

    public Handshake(ClusterId cluster, NodeId self, long incarnation, MemberIds members, Clock clock) {
        this.cluster = cluster;
        this.self = self;
        this.incarnation = incarnation;
        this.members = members;
        this.refused = new RefusedPeers(clock);
    }

    /** The processes that were refused in the last minute. */
    public List<RefusedPeer> refusedLately() {
        return refused.lately();
    }

    Welcome welcome() {
        return new Welcome(self, incarnation);
    }

    /** The refusal of this peer, or empty if it is welcome. */
    Optional<HandshakeRefusal> check(Hello hello) {
        Optional<HandshakeRefusal> refusal = judge(hello);
        refusal.ifPresentOrElse(
                why -> refused.refused(hello.sender(), why.detail()), () -> refused.welcomed(hello.sender()));
        return refusal;
    }

    private Optional<HandshakeRefusal> judge(Hello hello) {
        if (!hello.cluster().equals(cluster)) {
            return refuse(RefusalCause.OTHER_CLUSTER, "this is cluster " + cluster + ", you are of " + hello.cluster());
        }
        if (!hello.receiver().equals(self)) {
            return refuse(
                    RefusalCause.OTHER_NODE,
                    "this is " + self + ", you called " + hello.receiver() + "; compare the addresses in 'members'");
        }
        if (!hello.members().equals(members)) {
            return refuse(
                    RefusalCause.OTHER_MEMBERS,
                    "the members here are " + members + ", yours are " + hello.members()
                            + "; 'members' must be the same");
        }
        // A process that is no member is a coordinator without a disk. It has no older incarnation.
        if (members.contains(hello.sender())) {
            long newest = newestIncarnations.merge(hello.sender(), hello.incarnation(), Math::max);
            if (hello.incarnation() < newest) {
                return refuse(
                        RefusalCause.OLD_INCARNATION,
                        hello.sender() + " was here with incarnation " + newest + ", this is its older "
                                + hello.incarnation());
            }
        }
        return Optional.empty();
    }

    private static Optional<HandshakeRefusal> refuse(RefusalCause cause, String detail) {
        return Optional.of(new HandshakeRefusal(cause, detail));
    }
}
