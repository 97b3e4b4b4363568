package io.quorate.coordinator.console;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.tcp.TimerWheel;
import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A replica that cannot be reached, or can and never answers. */
record AbsentReplica(NodeId id, Reachability reachability) implements ReplicaClient {
    /** The coordinator of a cluster that has only this replica. */
    Coordinator coordinatorOn(Context loop, OperationObserver observer) {
        TimeSources time = new TimeSources(
                SystemClock.INSTANCE,
                new TimerWheel(loop.owner(), SystemClock.INSTANCE),
                new HybridClock(SystemClock.INSTANCE, 500),
                () -> Long.MAX_VALUE);
        ClusterMembers members = new ClusterMembers(new Placement(List.of(id)), List.of(this));
        return new Coordinator(new CoordinatorParts(id, members, time, new Random(1)).withObserver(observer));
    }

    @Override
    public VotingStatus votingStatus() {
        return VotingStatus.VOTING;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public long usualDelayMs() {
        return 1;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(0, Optional.empty(), "it never was");
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        if (!reachability.isReachable()) {
            throw new AssertionError("asked, though it is down");
        }
    }
}
