package io.quorate.deploy.simulation.client;

import io.quorate.common.model.Content;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.request.RequestResult;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.RequestStatus;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.judge.I1LinearizableHistory;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.Retention;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A write with an idempotency key. It is sent again, through any node, until it has an answer, and sometimes after
 * that. The next attempt may begin while the last one is still on its way. All its answers must be the same as long as
 * the cluster remembers the request. After that the client may send it once more, as another write.
 */
final class RepeatedRequest {
    private static final int ATTEMPTS_MAX = 6;
    private static final int LATE_ATTEMPTS_MAX = ATTEMPTS_MAX + 2;
    private static final long TIMEOUT_MS = 250;
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS);

    private final Cluster cluster;
    private final Call call;
    private final IdempotentRequest repeatable;
    private final I1LinearizableHistory history;
    private final Random random;
    private final Runnable whenOver;
    private final Runnable whenForgotten;
    private final Answers answers;
    private boolean recorded;
    private boolean over;
    private int attempts;

    /**
     * @param whenOver when the client goes on to other requests
     * @param whenForgotten when it will not send this one again
     */
    RepeatedRequest(
            Cluster cluster, Call call, RequestId request, Random random, Runnable whenOver, Runnable whenForgotten) {
        this.cluster = cluster;
        this.call = call;
        this.repeatable = new IdempotentRequest(
                request, fingerprint(call.content()), cluster.retention().ms());
        this.history = cluster.judges().history(call.key());
        this.answers = new Answers(cluster, call);
        this.random = random;
        this.whenOver = whenOver;
        this.whenForgotten = whenForgotten;
    }

    /** The same in each JVM, other than the hash code of a constant. So a seed gives the same run everywhere. */
    private static long fingerprint(Content content) {
        return content instanceof Value value ? value.hashCode() : 0;
    }

    void start() {
        cluster.judges().began(call);
        attempt();
    }

    private void attempt() {
        List<? extends SimulatedMachine> up = cluster.machines().stream()
                .filter(SimulatedMachine::isListening)
                .toList();
        if (up.isEmpty()) {
            cluster.time().afterMs(20, this::attempt);
            return;
        }
        attempts++;
        if (attempts == 1 && random.nextInt(6) == 0) {
            cluster.time().afterMs(random.nextInt(100), this::sendSecondBody);
        }
        if (cluster.retention().ends() && attempts > 1) {
            // It may be another write, with an effect of its own.
            long nowNs = cluster.time().nowNs();
            cluster.history().ended(call.at(nowNs), nowNs, Operation.Outcome.UNKNOWN);
        }
        boolean[] left = {false};
        long begunNs = cluster.time().nowNs();
        send(up.get(random.nextInt(up.size())), outcome -> {
            boolean isAnswer = note(outcome, begunNs);
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

    private void sendSecondBody() {
        SimulatedMachine machine = anyMachine();
        if (machine.isListening()) {
            new SecondBody(cluster, call, repeatable.request()).send(machine, answers.first());
        }
    }

    private SimulatedMachine anyMachine() {
        return cluster.machines().get(random.nextInt(cluster.machines().size()));
    }

    /** Asks what became of the request, in the background. */
    private void askForStatus() {
        SimulatedMachine machine = anyMachine();
        if (machine.isListening()) {
            long begunNs = cluster.time().nowNs();
            Set<String> before = Set.copyOf(answers.texts());
            OperationOptions terms = new OperationOptions(ConsistencyLevel.QUORUM, TIMEOUT_MS);
            machine.process().run(() -> machine.coordinator()
                    .requestStatus(
                            call.key(), repeatable.request(), terms, outcome -> noteStatus(outcome, before, begunNs)));
        }
    }

    private void noteStatus(Outcome outcome, Set<String> before, long begunNs) {
        if (!(outcome instanceof RequestStatus status)) {
            cluster.count("request status: " + outcome.getClass().getSimpleName());
            return;
        }
        cluster.count(
                "request status: " + (status.result().isPresent() ? "answered" : status.known() ? "open" : "none"));
        boolean isRemembered = cluster.time().nowNs() < cluster.retention().certainUntilNs(call.startNs());
        if (!status.known() && !before.isEmpty() && isRemembered) {
            cluster.judges().shownAsUnknown(call, before.toString());
        }
        status.result()
                .filter(result -> result.receipt().fingerprint() == repeatable.fingerprint())
                .ifPresent(result -> noteResult(result, begunNs));
    }

    private void noteResult(RequestResult result, long begunNs) {
        if (result.isRefusal()) {
            answers.refused(result.version());
        } else {
            cluster.judges().shownAsApplied(call, repeatable.request(), result.version());
            answers.applied(result.version(), result.receipt().created(), begunNs);
            answers.requireTheSameEnd(result);
        }
    }

    private void send(SimulatedMachine machine, Consumer<Outcome> listener) {
        Optional<Precondition> condition = call.isConditional() ? Optional.of(call.precondition()) : Optional.empty();
        Content content = call.content();
        machine.process().run(() -> machine.coordinator()
                .writeOnce(call.key(), content, condition, repeatable, TERMS, listener));
    }

    private void goOn(boolean isAnswer) {
        if (random.nextInt(3) == 0) {
            cluster.time().afterMs(random.nextInt(20), this::askForStatus);
        }
        if (over) {
            sendAgainOrForget();
            return;
        }
        boolean again = !isAnswer || random.nextInt(3) == 0;
        if (again && attempts < ATTEMPTS_MAX) {
            cluster.time().afterMs(random.nextInt(isAnswer ? 200 : 20), this::attempt);
            return;
        }
        over = true;
        if (!recorded) {
            cluster.count("without an answer, however often sent");
            cluster.history().ended(call, cluster.time().nowNs(), Operation.Outcome.UNKNOWN);
        }
        sendAgainOrForget();
        whenOver.run();
    }

    /** In the background, around the end of the retention. */
    private void sendAgainOrForget() {
        Retention retention = cluster.retention();
        if (retention.ends() && random.nextInt(3) > 0 && attempts < LATE_ATTEMPTS_MAX) {
            cluster.time().afterMs(retention.ms() / 2 + random.nextLong(retention.ms()), this::attempt);
        } else {
            whenForgotten.run();
        }
    }

    /** Whether that was an answer. The first one is the operation's, if the client still waits for it. */
    private boolean note(Outcome outcome, long begunNs) {
        cluster.count(call.op() + " once: " + outcome.getClass().getSimpleName());
        long nowNs = cluster.time().nowNs();
        boolean isFirst = !recorded && !over && nowNs < cluster.retention().certainUntilNs(call.startNs());
        if (outcome instanceof Applied applied) {
            answers.applied(applied.version(), applied.created(), begunNs);
            applied.repeated().ifPresent(answers::requireTheSameEnd);
            if (isFirst) {
                recorded = true;
                cluster.history().wrote(call, nowNs, applied.version());
                history.wrote(call, nowNs, applied.version());
            }
            return true;
        } else if (outcome instanceof ConditionFailed failed) {
            answers.refused(failed.version());
            if (isFirst) {
                recorded = true;
                cluster.history().refuted(call, nowNs, failed.version());
                history.refused(call);
                history.saw(call.startNs(), nowNs, failed.version(), Optional.empty());
            }
            return true;
        }
        return false;
    }
}
