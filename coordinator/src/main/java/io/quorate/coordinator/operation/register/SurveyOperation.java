package io.quorate.coordinator.operation.register;

import io.quorate.common.model.Key;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.ReplicaCopy;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.EveryoneRound;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every reachable replica for its own copy of one key, and shows them side by side. Repairs nothing. */
public final class SurveyOperation extends Operation {
    private final Key key;
    private EveryoneRound round;

    public SurveyOperation(
            OperationContext operationContext, Key key, OperationOptions options, Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.key = key;
    }

    @Override
    protected void begin() {
        round = new EveryoneRound(context, replicas, new Query(key, true), () -> finish(surveyed()));
        evidence.add(round);
        round.start();
    }

    private Outcome surveyed() {
        List<ReplicaCopy> holdings = replicas.stream().map(this::copyOf).toList();
        return new Outcome.Surveyed(holdings, evidence);
    }

    private ReplicaCopy copyOf(ReplicaClient replica) {
        Optional<RecordReply> reply = replyOf(replica);
        return new ReplicaCopy(
                replica.id(),
                reply.map(RecordReply::record),
                reply.map(each -> each.horizon().floor()).orElse(0L));
    }

    private Optional<RecordReply> replyOf(ReplicaClient replica) {
        return round.exchanges().stream()
                .filter(exchange -> exchange.replica() == replica)
                .flatMap(exchange -> exchange.reply().stream())
                .filter(RecordReply.class::isInstance)
                .map(RecordReply.class::cast)
                .findFirst();
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return surveyed();
    }

    @Override
    protected void abandon() {
        round.abandon();
    }
}
