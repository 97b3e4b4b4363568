package io.quorate.deploy.process;

import io.quorate.common.link.Mailbox;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.delay.Asked;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.state.Rejection;
import java.util.Optional;
import java.util.OptionalInt;

/** The client of the replica in this process: the same messages without the socket. */
final class LocalReplicaClient implements ReplicaClient {
    private final NodeId id;
    private final long incarnation;
    private final Optional<DiskId> disk;
    private final Replica replica;
    private final Mailbox mailbox;
    private final Traffic traffic;
    private final ReplicaDelays delays;
    private final MemoryBudget memory;

    /** @param delays of the event loop of the mailbox */
    LocalReplicaClient(
            NodeId id,
            long incarnation,
            Optional<DiskId> disk,
            Replica replica,
            Mailbox mailbox,
            Traffic traffic,
            ReplicaDelays delays,
            MemoryBudget memory) {
        this.memory = memory;
        this.id = id;
        this.incarnation = incarnation;
        this.disk = disk;
        this.replica = replica;
        this.mailbox = mailbox;
        this.traffic = traffic;
        this.delays = delays;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public Reachability reachability() {
        return delays.isSlow() ? Reachability.SLOW : Reachability.UP;
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
    public boolean isOverdue() {
        return delays.isOverdue(SystemClock.INSTANCE.monotonicNs());
    }

    @Override
    public boolean needsProbe() {
        return delays.needsProbe();
    }

    @Override
    public Vitals vitals() {
        return new Vitals(incarnation, disk, OptionalInt.empty(), Optional.empty(), delays.complaint());
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        long sentNs = SystemClock.INSTANCE.monotonicNs();
        Optional<Asked> asked = delays.asked(request, sentNs);
        replica.handle(request, patienceMs, reply -> deliver(reply, asked, index, answers, sentNs));
    }

    /** On a thread of the store, or on the event loop. */
    private void deliver(Reply reply, Optional<Asked> asked, int index, Answers answers, long sentNs) {
        long contentBytes = reply.contentBytes();
        boolean fits = contentBytes == 0 || memory.tryAdd(MemoryUse.VALUE, contentBytes);
        Reply delivered = fits ? reply : Rejection.noMemory(memory, contentBytes);
        long charged = fits ? contentBytes : 0;
        mailbox.post(() -> {
            if (charged > 0) {
                memory.giveBack(MemoryUse.VALUE, charged);
            }
            long nowNs = SystemClock.INSTANCE.monotonicNs();
            asked.ifPresent(each -> delays.answered(each, nowNs));
            Defects.contain(() -> traffic.answered(delivered, nowNs - sentNs));
            answers.replied(index, delivered);
        });
    }
}
