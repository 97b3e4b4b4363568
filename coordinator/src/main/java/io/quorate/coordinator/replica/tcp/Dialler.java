package io.quorate.coordinator.replica.tcp;

import io.quorate.common.link.Links;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.coordinator.replica.PeerDisks;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;

/**
 * What it takes to open connections.
 *
 * @param hosts finds the address of a replica anew for each dial
 * @param caller how this process introduces itself
 * @param disks what this process remembers of the disks of replicas
 * @param links receives each connection as soon as it is open
 * @param memory is charged for messages that wait
 * @param troubles gets what is wrong with replicas. All event loops share it
 */
public record Dialler(
        Vertx vertx,
        NetClient client,
        HostLookup hosts,
        Caller caller,
        PeerDisks disks,
        Links links,
        MemoryBudget memory,
        TroubleLog troubles) {
    /** Without a bound on memory. */
    public Dialler(
            Vertx vertx,
            NetClient client,
            HostLookup hosts,
            Caller caller,
            PeerDisks disks,
            Links links,
            TroubleLog troubles) {
        this(vertx, client, hosts, caller, disks, links, MemoryBudget.unlimited(), troubles);
    }
}
