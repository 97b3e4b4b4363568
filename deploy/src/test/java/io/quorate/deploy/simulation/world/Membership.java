package io.quorate.deploy.simulation.world;

import io.quorate.common.model.MemberIds;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.deploy.process.NodeDisks;
import io.quorate.node.convergence.founding.Founding;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.server.Handshake;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Who one process of a node is, and which disks it accepts. All parts are those of production. */
record Membership(NodeIdentity identity, DiskMemory memory, Founding founding, Handshake handshake, PeerDisks disks) {
    static Membership open(RunningNode.Machine machine, Disk disk, NodeIdentity identity, Executor writer)
            throws IOException {
        MemberIds members = new MemberIds(
                machine.node().cluster().nodes().stream().map(SimulatedNode::id).toList());
        DiskMemory memory = DiskMemory.open(disk, identity, members);
        Handshake handshake = new Handshake(identity, members, memory, machine.clock());
        return new Membership(
                identity,
                memory,
                new Founding(memory, machine.clock()),
                handshake,
                new NodeDisks(memory, writer, handshake));
    }
}
