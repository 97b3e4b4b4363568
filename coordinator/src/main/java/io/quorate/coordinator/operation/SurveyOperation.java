package io.quorate.coordinator.operation;

import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every reachable replica for its own copy of one key, and shows them side by side. Repairs nothing. */
final class SurveyOperation extends Operation {
    private Everyone round;

    SurveyOperation(Assignment assignment, Terms terms, Consumer<Outcome> listener) {
        super(assignment, terms, listener);
    }

    @Override
    void begin() {
        round = new Everyone();
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
    Outcome outcomeAtDeadline() {
        return surveyed();
    }

    @Override
    void abandon() {
        round.abandon();
    }

    /** Asks all that are reachable and is done when each has answered or failed. */
    private final class Everyone extends Round {
        private int open;

        Everyone() {
            super(SurveyOperation.this.surroundings, SurveyOperation.this.replicas, 0);
        }

        void start() {
            for (int i = 0; i < replicas.size(); i++) {
                if (replicas.get(i).reachability().isReachable()) {
                    open++;
                    ask(i, new Query(key, true));
                } else {
                    skip(i);
                }
            }
            decideIfPossible();
        }

        @Override
        boolean mayDecide() {
            return exchanges().stream()
                            .filter(exchange -> exchange.answeredNs() != 0)
                            .count()
                    == open;
        }

        @Override
        void reached() {
            finish(surveyed());
        }

        @Override
        void missed() {
            throw new AssertionError("a survey requires no answers");
        }

        @Override
        public String phase() {
            return "survey";
        }
    }
}
