package io.quorate.deploy.simulation.client;

import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.world.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answers to one request with an idempotency key. They are the same as long as the cluster remembers the request.
 * After that the request is another write, with an answer of its own.
 */
final class Answers {
    private final Cluster cluster;
    private final Call call;

    /** Each answer, and when it came first. */
    private final Map<String, Long> answers = new LinkedHashMap<>();

    Answers(Cluster cluster, Call call) {
        this.cluster = cluster;
        this.call = call;
    }

    Optional<String> first() {
        return answers.keySet().stream().findFirst();
    }

    Set<String> texts() {
        return answers.keySet();
    }

    /** @param begunNs when the attempt began that is answered so */
    void applied(Version version, boolean created, long begunNs) {
        String answer = "applied at " + version + (created ? ", created" : "");
        if (answers.containsKey(answer) && begunNs >= cluster.retention().surelyEndedNs(answers.get(answer))) {
            // A refusal may come again by itself. A version may not.
            cluster.judges().toldAgain(call, answer + " long ago", "the same, after its retention");
        }
        add(answer);
    }

    void refused(Version version) {
        add("refused at " + version);
    }

    private void add(String answer) {
        long nowNs = cluster.time().nowNs();
        if (answers.containsKey(answer)) {
            cluster.count(call.op() + " once: told again");
        } else if (!answers.isEmpty()) {
            if (nowNs < cluster.retention().mayHaveEndedNs(call.startNs(), answers.size())) {
                cluster.judges().toldAgain(call, answers.keySet().toString(), answer);
            }
            cluster.count(call.op() + " once: forgotten");
        }
        answers.putIfAbsent(answer, nowNs);
    }

    /** An answer that is given again says when the value ends, as the first one did. */
    void requireTheSameEnd(RequestResult result) {
        long expiresAtMs = call.content() instanceof Value value ? value.expiresAtMs() : Value.NEVER_EXPIRES;
        if (result.expiresAtMs() != expiresAtMs) {
            cluster.judges().toldAgain(call, "it ends at " + expiresAtMs, "it ends at " + result.expiresAtMs());
        }
    }
}
