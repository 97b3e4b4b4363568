package io.quorate.coordinator;

import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.Condition;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.coordinator.replica.Member;
import io.quorate.coordinator.replica.Replica;
import io.quorate.coordinator.round.EveryoneRound;
import io.quorate.coordinator.round.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every replica of the cluster how it is, and waits no longer than it is told. */
final class Census {
    private final List<Replica> replicas;
    private final Consumer<List<Member>> listener;
    private final EveryoneRound round;
    private final Timer deadline;

    Census(Surroundings surroundings, List<Replica> replicas, long timeoutMs, Consumer<List<Member>> listener) {
        this.replicas = replicas;
        this.listener = listener;
        this.round = new EveryoneRound(surroundings, replicas, new Inspect(), this::answered);
        this.deadline = surroundings.scheduler().after(timeoutMs, this::deadlinePassed);
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

    private List<Member> members() {
        return replicas.stream()
                .map(replica -> Member.of(replica, conditionOf(replica)))
                .toList();
    }

    private Optional<Condition> conditionOf(Replica replica) {
        return round.exchanges().stream()
                .filter(exchange -> exchange.replica() == replica)
                .flatMap(exchange -> exchange.reply().stream())
                .filter(Condition.class::isInstance)
                .map(Condition.class::cast)
                .findFirst();
    }
}
