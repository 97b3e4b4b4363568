package io.quorate.deploy.log;

import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.ReplicaAnswer;
import io.quorate.coordinator.round.Round;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The replicas that each round asked, and the milliseconds of the operation after which each answered. */
final class RoundsText {
    /** A conditional write that meets others has many rounds. */
    private static final int ROUNDS_MAX = 6;

    private RoundsText() {}

    static String of(Evidence evidence) {
        List<Round> rounds = evidence.rounds();
        if (rounds.isEmpty()) {
            return "no replica was asked";
        }
        int hidden = Math.max(0, rounds.size() - ROUNDS_MAX);
        return (hidden == 0 ? "" : hidden + " rounds, then ")
                + rounds.stream()
                        .skip(hidden)
                        .map(round -> round.phase().label() + " " + exchanges(evidence, round))
                        .collect(Collectors.joining("; "));
    }

    private static String exchanges(Evidence evidence, Round round) {
        List<Exchange> exchanges = round.exchanges();
        return exchanges.isEmpty()
                ? "of no replica"
                : exchanges.stream()
                        .map(exchange -> exchange(evidence, exchange))
                        .collect(Collectors.joining(", "));
    }

    private static String exchange(Evidence evidence, Exchange exchange) {
        String replica = exchange.replica().id().name();
        if (exchange.answer() == ReplicaAnswer.PENDING) {
            return replica + " has not answered";
        }
        double ms = (exchange.answeredNs() - evidence.startNs()) / 1e6;
        String answer = exchange.answer() == ReplicaAnswer.OK
                ? ""
                : " " + exchange.answer().label();
        return String.format(Locale.ROOT, "%s%s after %.1f ms", replica, answer, ms);
    }
}
