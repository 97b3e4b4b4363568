package io.quorate.coordinator.replica;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this process remembers of the disks of replicas. A process counts only one disk under each name (I16). Safe for
 * use by several threads.
 */
public interface PeerDisks {
    /**
     * A replica answered the handshake. Nothing is asked of it before the verdict.
     *
     * @param disk its own
     * @param agreed the disks of all members, if the replica has agreed on them
     * @param verdict receives once why the replica is refused, for people, or nothing. On this thread or another one.
     *     An accepted disk is remembered by then
     */
    void met(NodeId replica, DiskId disk, Optional<MemberDisks> agreed, Consumer<Optional<String>> verdict);

    /** A replica was accepted at the address that it was dialled at. It said which of its starts this is. */
    default void accepted(NodeId replica, long incarnation) {}
}
