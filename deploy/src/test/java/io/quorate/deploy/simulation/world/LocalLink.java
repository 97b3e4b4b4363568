package io.quorate.deploy.simulation.world;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.delay.Asked;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import java.util.Optional;

/** The replica of a coordinator's own process. Asking it needs no network. */
final class LocalLink implements ReplicaClient {
    private static final long CALL_NS = 1_000;

    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final ReplicaDelays delays;

    LocalLink(SimulatedNode node, SimulatedProcess process, ReplicaDelays delays) {
        this.node = node;
        this.process = process;
        this.delays = delays;
    }

    @Override
    public NodeId id() {
        return node.id();
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Reachability reachability() {
        return delays.isSlow() ? Reachability.SLOW : Reachability.UP;
    }

    @Override
    public boolean isOverdue() {
        return delays.isOverdue(node.clock().monotonicNs());
    }

    @Override
    public boolean needsProbe() {
        return delays.needsProbe();
    }

    @Override
    public VotingStatus votingStatus() {
        return node.votingStatus();
    }

    @Override
    public long usualDelayMs() {
        return 5;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(1, Optional.empty(), "");
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        node.asked(request);
        Optional<Asked> asked = delays.asked(request, node.clock().monotonicNs());
        node.handle(
                request,
                patienceMs,
                reply -> process.afterNs(CALL_NS, () -> {
                    asked.ifPresent(each -> delays.answered(each, node.clock().monotonicNs()));
                    answers.replied(index, reply);
                }));
    }
}
