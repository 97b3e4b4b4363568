package io.quorate.coordinator;

import io.quorate.common.thread.Defects;
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
    private final RoundContext context;
    private final List<ReplicaClient> replicas;
    private final Consumer<List<MemberState>> listener;
    private final EveryoneRound round;
    private final Timer deadline;
    private boolean ended;

    MemberInspection(
            RoundContext shared, List<ReplicaClient> replicas, long timeoutMs, Consumer<List<MemberState>> listener) {
        RoundContext context = shared.forOperation(() -> timeoutMs, this::crashed);
        this.context = context;
        this.replicas = replicas;
        this.listener = listener;
        this.round = new EveryoneRound(context, replicas, new Inspect(), this::answered);
        this.deadline = context.after(timeoutMs, this::deadlinePassed);
    }

    void start() {
        context.run(round::start);
    }

    private void answered() {
        deadline.cancel();
        end(members());
    }

    private void deadlinePassed() {
        if (!round.isDecided()) {
            round.abandon();
            end(members());
        }
    }

    /** The caller gets what is known without an answer. */
    private void crashed(Throwable defect) {
        Defects.report(defect);
        if (!ended) {
            deadline.cancel();
            round.abandon();
            end(replicas.stream()
                    .map(replica -> MemberState.of(replica, Optional.empty()))
                    .toList());
        }
    }

    private void end(List<MemberState> members) {
        ended = true;
        Defects.contain(() -> listener.accept(members));
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
