package io.quorate.node.identity;

import io.quorate.common.link.OtherDisk;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.node.identity.KnownDisks.KnowledgeStage;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A node's durable memory of the disk behind each member's name. A disk that it has counted once stays the only one
 * under that name, across restarts (I16). Whatever this memory shows is durable. Safe for use by several threads.
 * Methods that write block on the disk.
 */
public final class DiskMemory {
    private final Disk disk;
    private final NodeId self;
    private final DiskId own;
    private final MemberIds members;

    /** Written under the lock, and only after the file. */
    private volatile KnownDisks known;

    private DiskMemory(Disk disk, NodeIdentity identity, MemberIds members, KnownDisks known) {
        this.disk = disk;
        this.self = identity.node();
        this.own = identity.claimedDisk();
        this.members = members;
        this.known = known;
    }

    /**
     * The memory in a directory that was claimed.
     *
     * @param members of the configuration
     */
    public static DiskMemory open(Disk disk, NodeIdentity identity, MemberIds members) throws IOException {
        return new DiskMemory(disk, identity, members, MembersFile.read(disk, identity.claimedDisk()));
    }

    /**
     * Refuses another list of members than the one that a directory has agreed on. Changes nothing. A directory that is
     * not this node's has another trouble, and one of format 1 has agreed on nothing.
     *
     * @throws CannotOpenException if the lists differ
     */
    public static void requireList(Disk disk, ClusterId cluster, NodeId node, MemberIds members) throws IOException {
        Optional<DiskId> own = IdentityFile.of(disk)
                .filter(found -> found.cluster().equals(cluster) && found.node().equals(node))
                .flatMap(NodeIdentity::disk);
        KnownDisks known = own.isPresent() ? MembersFile.read(disk, own.get()) : KnownDisks.NONE;
        if (known.isAgreed() && !known.disks().members().equals(members)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the configuration names the members " + members + ", and the members of this cluster are "
                            + known.disks().members() + ": all of them agreed on that list, as " + disk.pathOf("")
                            + " says. Another list would have other majorities. Restore these names in 'members': hosts"
                            + " and ports may change, names may not. Nothing was changed");
        }
    }

    // ---- one member ----

    /** Whether this is another disk than the one that this node knows under the name. Never blocks. */
    public Optional<OtherDisk> objection(NodeId member, DiskId found) {
        Optional<DiskId> expected = member.equals(self) ? Optional.of(own) : diskOf(member);
        return expected.filter(it -> !it.equals(found)).map(it -> new OtherDisk(member, it, found));
    }

    /** The disk that this node knows under the name. Never blocks. */
    public Optional<DiskId> diskOf(NodeId member) {
        return known.disks().diskOf(member);
    }

    /**
     * Remembers a disk durably, unless this node knows another one under the name.
     *
     * @return why it is refused, or empty
     */
    public synchronized Optional<OtherDisk> remember(NodeId member, DiskId found) throws IOException {
        Optional<OtherDisk> objection = objection(member, found);
        if (objection.isEmpty() && diskOf(member).isEmpty()) {
            replace(new KnownDisks(known.stage(), known.disks().with(member, found)));
        }
        return objection;
    }

    // ---- all members ----

    /** The disks of all members, this node too, or empty if it has not met all yet. Never blocks. */
    public Optional<MemberDisks> ofAll() {
        MemberDisks disks = known.disks().with(self, own);
        MemberDisks all = MemberDisks.NONE;
        for (NodeId member : members.ids()) {
            Optional<DiskId> its = disks.diskOf(member);
            if (its.isEmpty()) {
                return Optional.empty();
            }
            all = all.with(member, its.get());
        }
        return Optional.of(all);
    }

    /** The members that this node has never met. Never blocks. */
    public List<NodeId> unmet() {
        return members.ids().stream()
                .filter(member -> !member.equals(self) && diskOf(member).isEmpty())
                .toList();
    }

    /** The disks that this node has agreed on, durably. Never blocks. */
    public Optional<MemberDisks> agreed() {
        KnownDisks now = known;
        return now.isAgreed() ? Optional.of(now.disks()) : Optional.empty();
    }

    /** Whether this node durably knows that all members agreed on the same disks. It never falls back. Never blocks. */
    public boolean isFounded() {
        return known.stage() == KnowledgeStage.FOUNDED;
    }

    /**
     * Agrees durably on these disks, or says why not (I15). The same again is agreed on again.
     *
     * @return why not, or empty
     */
    public synchronized Optional<String> agree(MemberDisks all) throws IOException {
        if (known.isAgreed()) {
            return known.disks().equals(all)
                    ? Optional.empty()
                    : Optional.of(self + " has agreed on " + known.disks() + " and not on " + all);
        }
        if (!all.members().equals(members)) {
            return Optional.of("the members of " + self + " are " + members + " and not " + all.members());
        }
        for (NodeId member : members.ids()) {
            Optional<OtherDisk> objection = objection(member, all.diskOf(member).orElseThrow());
            if (objection.isPresent()) {
                return objection.map(OtherDisk::toString);
            }
        }
        replace(new KnownDisks(KnowledgeStage.AGREED, all));
        return Optional.empty();
    }

    /** Remembers durably that all members agreed on the disks that this node has agreed on. */
    public synchronized void found(MemberDisks all) throws IOException {
        if (!known.isAgreed() || !known.disks().equals(all)) {
            throw new IllegalStateException(self + " founds on " + all + " and knows " + known);
        }
        if (!isFounded()) {
            replace(new KnownDisks(KnowledgeStage.FOUNDED, all));
        }
    }

    private void replace(KnownDisks next) throws IOException {
        assert next.stage().code() >= known.stage().code() : known + " before " + next;
        MembersFile.replace(disk, own, next);
        known = next;
    }
}
