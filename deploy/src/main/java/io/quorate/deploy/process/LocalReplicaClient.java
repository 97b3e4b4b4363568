package io.quorate.deploy.process;

import io.quorate.common.link.Mailbox;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.node.replica.Replica;
import java.util.Optional;

/** The client of the replica in this process: the same messages without the socket. */
final class LocalReplicaClient implements ReplicaClient {
    private final NodeId id;
    private final long incarnation;
    private final Replica replica;
    private final Mailbox mailbox;
    private final Traffic traffic;

    LocalReplicaClient(NodeId id, long incarnation, Replica replica, Mailbox mailbox, Traffic traffic) {
        this.id = id;
        this.incarnation = incarnation;
        this.replica = replica;
        this.mailbox = mailbox;
        this.traffic = traffic;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public Reachability reachability() {
        return Reachability.UP;
    }

    @Override
    public VotingStatus votingStatus() {
        return replica.votingStatus();
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public long usualDelayMs() {
        return 1;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(incarnation, Optional.empty(), "");
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        long sentNs = SystemClock.INSTANCE.monotonicNs();
        replica.handle(
                request,
                reply -> mailbox.post(() -> {
                    Defects.contain(() -> traffic.answered(reply, SystemClock.INSTANCE.monotonicNs() - sentNs));
                    answers.replied(index, reply);
                }));
    }
}
