package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Evidence.ReplicaSummary;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.OutcomeKind;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.ReplicaAnswer;
import io.quorate.coordinator.round.Round;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How operations end, how long they take, and what came of each replica in them. Meters are found by index: no name or
 * label is looked up for an operation.
 */
final class OperationMetrics implements OperationObserver {
    private static final int LEVELS = ConsistencyLevel.values().length;
    private static final int ENDINGS = OutcomeKind.values().length;

    private final MeterRegistry registry;
    private final Clock clock;
    private final AtomicReferenceArray<Timer> requests =
            new AtomicReferenceArray<>(OperationKind.values().length * LEVELS * ENDINGS);
    private final Counter[] rounds;
    private final Map<NodeId, Counter[]> answers;

    OperationMetrics(MeterRegistry registry, List<NodeId> members, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.rounds = Arrays.stream(Phase.values()).map(this::rounds).toArray(Counter[]::new);
        this.answers = members.stream().collect(Collectors.toMap(Function.identity(), this::answers));
        registerUsual();
    }

    /**
     * A series that begins with its first event hides that event from rates. A kind that no client uses makes no
     * series.
     */
    private void registerUsual() {
        for (OperationKind kind : OperationKind.values()) {
            ConsistencyLevel level =
                    kind == OperationKind.SURVEY ? ConsistencyLevel.ALL : ConsistencyLevel.LINEARIZABLE;
            endings(kind).forEach(ending -> timer(kind, level, ending));
        }
    }

    private static Set<OutcomeKind> endings(OperationKind kind) {
        return switch (kind) {
            case READ, SCAN, SURVEY ->
                EnumSet.of(
                        OutcomeKind.OK,
                        OutcomeKind.NO_QUORUM,
                        OutcomeKind.OVERLOADED,
                        OutcomeKind.NO_MEMORY,
                        OutcomeKind.TOO_LARGE,
                        OutcomeKind.DEFECT);
            case WRITE -> EnumSet.complementOf(EnumSet.of(OutcomeKind.CONDITION_FAILED, OutcomeKind.CONTENTION));
            case CONDITIONAL_WRITE -> EnumSet.allOf(OutcomeKind.class);
        };
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        Evidence evidence = outcome.evidence();
        timer(kind, options.level(), OutcomeKind.of(outcome))
                .record(clock.monotonicNs() - evidence.startNs(), TimeUnit.NANOSECONDS);
        if (evidence.rounds().isEmpty()) {
            return; // refused before any replica was thought of
        }
        for (Round round : evidence.rounds()) {
            rounds[round.phase().ordinal()].increment();
        }
        for (ReplicaSummary summary : evidence.replicaSummaries()) {
            answers.get(summary.replica())[summary.answer().ordinal()].increment();
        }
    }

    private Timer timer(OperationKind kind, ConsistencyLevel level, OutcomeKind ending) {
        int index = (kind.ordinal() * LEVELS + level.ordinal()) * ENDINGS + ending.ordinal();
        Timer timer = requests.get(index);
        if (timer == null) {
            // Of two threads that come here at once, the registry gives both the same.
            timer = register(kind, level, ending);
            requests.set(index, timer);
        }
        return timer;
    }

    private Timer register(OperationKind kind, ConsistencyLevel level, OutcomeKind ending) {
        return Timer.builder("quorate.requests")
                .description(
                        "How long operations took until their outcome; each of a batch and each page of a scan is one")
                .tags("operation", kind.name().toLowerCase(Locale.ROOT), "level", level.label())
                .tag("outcome", ending.label())
                .serviceLevelObjectives(Buckets.REQUEST)
                .register(registry);
    }

    private Counter rounds(Phase phase) {
        return Counter.builder("quorate.quorum.rounds")
                .description("Rounds of messages that operations needed")
                .tag("phase", phase.label())
                .register(registry);
    }

    private Counter[] answers(NodeId replica) {
        return Arrays.stream(ReplicaAnswer.values())
                .map(answer -> Counter.builder("quorate.quorum.answers")
                        .description("What came of each replica in an operation, by the time of the outcome")
                        .tags("replica", replica.name(), "answer", answer.label())
                        .register(registry))
                .toArray(Counter[]::new);
    }
}
