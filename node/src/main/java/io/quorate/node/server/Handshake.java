package io.quorate.node.server;

import io.quorate.common.link.RefusedPeer;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.plausibility.Plausibility;
import io.quorate.common.time.Clock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.server.HandshakeFailures.FailedHandshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts processes of the same cluster that mean to call this node and count the same members. Of each member it
 * accepts only the newest incarnation. The member itself says which one that is, when this process dials it. Until then
 * the callers say it. Shared by all event loops.
 *
 * <p>A process with another list of members could have a majority that shares no replica with a majority of ours. So no
 * replica serves two lists. For the same reason it refuses a member with another disk than the one that this node
 * knows.
 */
public final class Handshake {
    private final NodeIdentity identity;
    private final MemberIds members;
    private final DiskMemory disks;
    private final Clock clock;
    private final RefusedPeers refused;
    private final HandshakeFailures failures = new HandshakeFailures();

    /** By what callers say of themselves. */
    private final Map<NodeId, Long> claimedIncarnations = new ConcurrentHashMap<>();

    /** By what the members answered when this process dialled them. */
    private final Map<NodeId, Long> metIncarnations = new ConcurrentHashMap<>();

    public Handshake(NodeIdentity identity, MemberIds members, DiskMemory disks, Clock clock) {
        this.identity = identity;
        this.members = members;
        this.disks = disks;
        this.clock = clock;
        this.refused = new RefusedPeers(clock);
    }

    /** The processes that were refused in the last minute. */
    public List<RefusedPeer> refusedLately() {
        return refused.lately();
    }

    /** The connections that did not get as far as a welcome. */
    public HandshakeFailures failures() {
        return failures;
    }

    /**
     * This process dialled a member, and the member answered with this incarnation. From then on no claim of a caller
     * counts for the age of that member. So a forged incarnation does not lock the member out.
     */
    public void met(NodeId member, long incarnation) {
        metIncarnations.merge(member, incarnation, Math::max);
    }

    /** @param protocol of the connection */
    public Welcome welcome(int protocol) {
        return new Welcome(identity.node(), identity.incarnation(), identity.claimedDisk(), disks.agreed(), protocol);
    }

    /** The name that the certificate of this caller must have. */
    CertifiedName certified(Hello hello) {
        CertifiedRole role = members.contains(hello.sender()) ? CertifiedRole.NODE : CertifiedRole.COORDINATOR;
        return new CertifiedName(identity.cluster(), role, hello.sender());
    }

    /**
     * The refusal of this peer, or empty if it is welcome.
     *
     * @param protocols that the peer speaks
     */
    public Optional<HandshakeRefusal> check(Hello hello, ProtocolRange protocols) {
        Optional<HandshakeRefusal> refusal = judge(hello, protocols);
        if (refusal.isPresent()) {
            failures.count(FailedHandshake.REFUSED);
            refused.refused(hello.sender(), refusal.get().detail());
        } else {
            refused.welcomed(hello.sender());
        }
        return refusal;
    }

    private Optional<HandshakeRefusal> judge(Hello hello, ProtocolRange protocols) {
        Optional<ImpossibleNumber> impossible = Plausibility.objection(hello, clock.wallMs());
        if (impossible.isPresent()) {
            return refuse(RefusalCause.IMPOSSIBLE_NUMBER, impossible.get().text());
        }
        if (!hello.cluster().equals(identity.cluster())) {
            return refuse(
                    RefusalCause.OTHER_CLUSTER,
                    "this is cluster " + identity.cluster() + ", you are of " + hello.cluster());
        }
        if (!hello.receiver().equals(identity.node())) {
            return refuse(
                    RefusalCause.OTHER_NODE,
                    "this is " + identity.node() + ", you called " + hello.receiver()
                            + "; compare the addresses in 'members'");
        }
        if (ProtocolRange.SPOKEN.newestInCommon(protocols).isEmpty()) {
            return refuse(
                    RefusalCause.OTHER_PROTOCOL,
                    "this process speaks protocol " + ProtocolRange.SPOKEN + ", you speak " + protocols
                            + "; upgrade by way of a version that speaks both");
        }
        if (!hello.members().equals(members)) {
            return refuse(
                    RefusalCause.OTHER_MEMBERS,
                    "the members here are " + members + ", yours are " + hello.members()
                            + "; 'members' must be the same");
        }
        // A process without a disk is a coordinator. Its incarnation is random, so none is older.
        if (members.contains(hello.sender()) && hello.disk().isPresent()) {
            Optional<HandshakeRefusal> wrongDisk = judgeDisk(hello);
            if (wrongDisk.isPresent()) {
                return wrongDisk;
            }
            long newest = newestIncarnation(hello);
            if (hello.incarnation() < newest) {
                return refuse(
                        RefusalCause.OLD_INCARNATION,
                        hello.sender() + " was here with incarnation " + newest + ", this is its older "
                                + hello.incarnation());
            }
        }
        return Optional.empty();
    }

    private long newestIncarnation(Hello hello) {
        long claimed = claimedIncarnations.merge(hello.sender(), hello.incarnation(), Math::max);
        return metIncarnations.getOrDefault(hello.sender(), claimed);
    }

    /** A member that came back with another disk has forgotten what it acknowledged (I16). */
    private Optional<HandshakeRefusal> judgeDisk(Hello hello) {
        if (hello.disk().isPresent() && hello.sender().equals(identity.node())) {
            return refuse(
                    RefusalCause.OTHER_DISK,
                    "this is " + identity.node()
                            + " itself. Another process has its name, and perhaps a copy of its data"
                            + " directory: stop one of them");
        }
        return hello.disk()
                .flatMap(disk -> disks.objection(hello.sender(), disk))
                .map(other -> new HandshakeRefusal(RefusalCause.OTHER_DISK, other.toString()));
    }

    private static Optional<HandshakeRefusal> refuse(RefusalCause cause, String detail) {
        return Optional.of(new HandshakeRefusal(cause, detail));
    }
}
