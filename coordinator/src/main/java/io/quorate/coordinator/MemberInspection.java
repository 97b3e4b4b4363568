package io.quorate.coordinator;

import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.coordinator.replica.MemberState;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.EveryoneRound;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every reachable replica of the cluster about its state, and waits no longer than the time-out. */
final class MemberInspection {
    private final List<ReplicaClient> replicas;
    private final Consumer<List<MemberState>> listener;
    private final EveryoneRound round;
    private final Timer deadline;

    MemberInspection(
            RoundContext context, List<ReplicaClient> replicas, long timeoutMs, Consumer<List<MemberState>> listener) {
        this.replicas = replicas;
        this.listener = listener;
        this.round = new EveryoneRound(context, replicas, new Inspect(), this::answered);
        this.deadline = context.scheduler().after(timeoutMs, this::deadlinePassed);
    }

    void start() {
        round.start();
    }

    private void answered() {
        deadline.cancel();
        listener.accept(members());
    }

    private void deadlinePassed() {
        if (!round.isDecided()) {
            round.abandon();
            listener.accept(members());
        }
    }

    private List<MemberState> members() {
        return replicas.stream()
                .map(replica -> MemberState.of(replica, statusOf(replica)))
                .toList();
    }

    private Optional<ReplicaStatus> statusOf(ReplicaClient replica) {
        return round.exchanges().stream()
                .filter(exchange -> exchange.replica() == replica)
                .flatMap(exchange -> exchange.reply().stream())
                .filter(ReplicaStatus.class::isInstance)
                .map(ReplicaStatus.class::cast)
                .findFirst();
    }
}
