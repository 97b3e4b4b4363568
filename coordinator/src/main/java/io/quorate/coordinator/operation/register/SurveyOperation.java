package io.quorate.coordinator.operation.register;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.coordinator.operation.Assignment;
import io.quorate.coordinator.operation.Holding;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Terms;
import io.quorate.coordinator.replica.Replica;
import io.quorate.coordinator.round.EveryoneRound;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every reachable replica for its own copy of one key, and shows them side by side. Repairs nothing. */
public final class SurveyOperation extends Operation {
    private final Key key;
    private EveryoneRound round;

    public SurveyOperation(Assignment assignment, Key key, Terms terms, Consumer<Outcome> listener) {
        super(assignment, terms, listener);
        this.key = key;
    }

    @Override
    public void begin() {
        round = new EveryoneRound(surroundings, replicas, new Query(key, true), () -> finish(surveyed()));
        evidence.add(round);
        round.start();
    }

    private Outcome surveyed() {
        List<Holding> holdings = replicas.stream()
                .map(replica -> new Holding(replica.id(), copyOf(replica)))
                .toList();
        return new Outcome.Surveyed(holdings, evidence);
    }

    private Optional<Record> copyOf(Replica replica) {
        return round.exchanges().stream()
                .filter(exchange -> exchange.replica() == replica)
                .flatMap(exchange -> exchange.reply().stream())
                .filter(RecordReply.class::isInstance)
                .map(reply -> ((RecordReply) reply).record())
                .findFirst();
    }

    @Override
    public Outcome outcomeAtDeadline() {
        return surveyed();
    }

    @Override
    public void abandon() {
        round.abandon();
    }
}
