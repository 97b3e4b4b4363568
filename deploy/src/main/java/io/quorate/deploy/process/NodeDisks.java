package io.quorate.deploy.process;

import io.quorate.common.link.OtherDisk;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.server.Handshake;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The disks of replicas as the node in this process remembers them. A disk is durable in this memory before its replica
 * counts.
 *
 * @param writer for what blocks on the disk
 * @param handshake learns which incarnation of each member is the newest
 */
public record NodeDisks(DiskMemory memory, Executor writer, Handshake handshake) implements PeerDisks {
    @Override
    public void accepted(NodeId replica, long incarnation) {
        handshake.met(replica, incarnation);
    }

    @Override
    public void met(NodeId replica, DiskId disk, Optional<MemberDisks> agreed, Consumer<Optional<String>> verdict) {
        Optional<OtherDisk> objection = memory.objection(replica, disk);
        if (objection.isPresent() || memory.diskOf(replica).isPresent()) {
            verdict.accept(objection.map(OtherDisk::withoutName));
            return;
        }
        try {
            writer.execute(() -> verdict.accept(remember(replica, disk)));
        } catch (RejectedExecutionException e) {
            verdict.accept(Optional.of("its disk cannot be remembered yet: too much waits for our own disk"));
        }
    }

    private Optional<String> remember(NodeId replica, DiskId disk) {
        try {
            return memory.remember(replica, disk).map(OtherDisk::withoutName);
        } catch (IOException e) {
            return Optional.of("its disk cannot be remembered: " + e.getMessage());
        }
    }
}
