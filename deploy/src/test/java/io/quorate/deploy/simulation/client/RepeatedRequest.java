package io.quorate.deploy.simulation.client;

import io.quorate.common.model.Content;
import io.quorate.common.model.RequestId;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.judge.I1LinearizableHistory;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A write with an idempotency key. It is sent again, through any node, until it has an answer, and sometimes after
 * that. The next attempt may begin while the last one is still on its way. All its answers, at any time, must be the
 * same.
 */
final class RepeatedRequest {
    private static final int ATTEMPTS_MAX = 6;
    private static final long TIMEOUT_MS = 250;
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS);
    private static final long RETENTION_MS = TimeUnit.DAYS.toMillis(1_000);

    private final Cluster cluster;
    private final Call call;
    private final IdempotentRequest repeatable;
    private final I1LinearizableHistory history;
    private final Random random;
    private final Runnable whenOver;
    private Optional<String> answer = Optional.empty();
    private boolean over;
    private int attempts;

    RepeatedRequest(Cluster cluster, Call call, RequestId request, Random random, Runnable whenOver) {
        this.cluster = cluster;
        this.call = call;
        this.repeatable = new IdempotentRequest(request, call.content().hashCode(), RETENTION_MS);
        this.history = cluster.judges().history(call.key());
        this.random = random;
        this.whenOver = whenOver;
    }

    void start() {
        cluster.judges().began(call);
        attempt();
    }

    private void attempt() {
        List<? extends SimulatedMachine> up =
                cluster.machines().stream().filter(SimulatedMachine::isUp).toList();
        if (up.isEmpty()) {
            cluster.time().afterMs(20, this::attempt);
            return;
        }
        attempts++;
        boolean[] left = {false};
        send(up.get(random.nextInt(up.size())), outcome -> {
            boolean isAnswer = note(outcome);
            if (!left[0]) {
                left[0] = true;
                goOn(isAnswer);
            }
        });
        long patienceMs = random.nextInt(4) == 0 ? 1 + random.nextInt((int) TIMEOUT_MS) : 2 * TIMEOUT_MS;
        cluster.time().afterMs(patienceMs, () -> {
            if (!left[0]) {
                left[0] = true;
                goOn(false);
            }
        });
    }

    private void send(SimulatedMachine machine, Consumer<Outcome> listener) {
        Optional<Precondition> condition = call.isConditional() ? Optional.of(call.precondition()) : Optional.empty();
        Content content = call.content();
        machine.process()
                .run(() -> machine.coordinator().writeOnce(call.key(), content, condition, repeatable, TERMS, listener));
    }

    private void goOn(boolean isAnswer) {
        boolean again = !isAnswer || random.nextInt(3) == 0;
        if (again && attempts < ATTEMPTS_MAX) {
            cluster.time().afterMs(random.nextInt(isAnswer ? 200 : 20), this::attempt);
            return;
        }
        over = true;
        if (answer.isEmpty()) {
            cluster.count("without an answer, however often sent");
            cluster.history().ended(call, cluster.time().nowNs(), Operation.Outcome.UNKNOWN);
        }
        whenOver.run();
    }

    /** Whether that was an answer. The first one is the operation's, if the client still waits for it. */
    private boolean note(Outcome outcome) {
        cluster.count(call.op() + " once: " + outcome.getClass().getSimpleName());
        boolean isFirst = answer.isEmpty() && !over;
        if (outcome instanceof Applied applied) {
            requireTheSame("applied at " + applied.version() + (applied.created() ? ", created" : ""));
            if (isFirst) {
                cluster.history().wrote(call, cluster.time().nowNs(), applied.version());
                history.wrote(call, cluster.time().nowNs(), applied.version());
            }
            return true;
        } else if (outcome instanceof ConditionFailed failed) {
            requireTheSame("refused at " + failed.version());
            if (isFirst) {
                cluster.history().refuted(call, cluster.time().nowNs(), failed.version());
                history.refused(call);
                history.saw(call.startNs(), cluster.time().nowNs(), failed.version(), Optional.empty());
            }
            return true;
        }
        return false;
    }

    private void requireTheSame(String told) {
        if (answer.isPresent()) {
            cluster.judges().toldAgain(call, answer.get(), told);
            cluster.count(call.op() + " once: told again");
        }
        answer = Optional.of(told);
    }
}
