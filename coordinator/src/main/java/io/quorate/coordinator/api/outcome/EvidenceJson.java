package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.No;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Round;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Evidence as JSON: all rounds with all messages for {@code explain=1}, and one line a replica for errors. */
public final class EvidenceJson {
    private EvidenceJson() {}

    public static ObjectNode of(Evidence evidence) {
        ObjectNode node = Json.object();
        node.put("coordinator", evidence.coordinator().name());
        node.put("n", evidence.replicas());
        node.put("quorum", evidence.required());
        putIds(node.putArray("acked"), evidence.acked());
        putIds(node.putArray("repaired"), evidence.repaired());
        ArrayNode rounds = node.putArray("rounds");
        for (Round round : evidence.rounds()) {
            rounds.add(round(evidence, round));
        }
        putIds(node.putArray("unreachable"), evidence.unreachable());
        return node;
    }

    private static ObjectNode round(Evidence evidence, Round round) {
        ObjectNode node = Json.object();
        node.put("phase", round.phase().label());
        node.put("required", round.required());
        if (round.quorumNs() != 0) {
            node.put("decidedUs", micros(round.quorumNs() - evidence.startNs()));
        }
        ArrayNode replicas = node.putArray("replicas");
        for (Exchange exchange : round.exchanges()) {
            ObjectNode message = replicas.addObject();
            message.put("id", exchange.replica().id().name());
            message.put("sentUs", micros(exchange.sentNs() - evidence.startNs()));
            message.put("answer", answer(exchange));
            if (exchange.answeredNs() != 0) {
                message.put("answeredUs", micros(exchange.answeredNs() - evidence.startNs()));
            }
            exchange.version().ifPresent(version -> message.put("version", version.toString()));
        }
        return node;
    }

    /** Adds {@code required}, {@code acked} and {@code replicas} to a problem. */
    static void putReplicaSummaries(ObjectNode problem, Evidence evidence) {
        problem.put("required", evidence.required());
        problem.put("acked", evidence.acked().size());
        ArrayNode replicas = problem.putArray("replicas");
        for (Evidence.ReplicaSummary summary : evidence.replicaSummaries()) {
            ObjectNode node = replicas.addObject();
            node.put("id", summary.replica().name());
            if (summary.lastExchange().isPresent()) {
                Exchange exchange = summary.lastExchange().get();
                node.put("answer", answer(exchange));
                if (exchange.answeredNs() != 0) {
                    node.put("elapsedMs", micros(exchange.answeredNs() - exchange.sentNs()) / 1000.0);
                }
            } else {
                node.put("answer", summary.reachability().isReachable() ? "not asked" : "unreachable");
            }
        }
    }

    private static String answer(Exchange exchange) {
        if (exchange.reply().isPresent()) {
            return answer(exchange.reply().get());
        }
        return exchange.failure()
                .map(failure -> failure == Failure.NOT_SENT ? "unreachable" : "connection lost")
                .orElse("no answer yet");
    }

    static String answer(Reply reply) {
        return reply instanceof No no ? no.explanation() : "ok";
    }

    private static void putIds(ArrayNode array, List<NodeId> ids) {
        ids.forEach(id -> array.add(id.name()));
    }

    private static long micros(long ns) {
        return TimeUnit.NANOSECONDS.toMicros(ns);
    }
}
