package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A coordinator before three replicas, each of which says what a schedule tells it to. */
final class ScriptedReplicas {
    static final Key KEY = Key.of("k");
    static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 500);

    private static final long START_MS = 1_700_000_000_000L;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNs).thenComparingLong(Task::number));
    private final List<Asked> asked = new ArrayList<>();
    private final Script script;
    private final Coordinator coordinator;
    private long nowNs;
    private long taskCount;

    /** The reply of a replica, or empty if it never answers. */
    interface Script {
        Optional<Reply> reply(int replica, Request request);

        default long delayMs(int replica, Request request) {
            return 1 + replica;
        }
    }

    record Asked(int replica, Request request) {}

    private record Task(long atNs, long number, Runnable action) {}

    ScriptedReplicas(Script script) {
        this.script = script;
        List<ScriptedReplica> replicas = IntStream.range(0, 3)
                .mapToObj(place -> new ScriptedReplica(place, new NodeId("n" + (place + 1))))
                .toList();
        Clock clock = new Clock() {
            @Override
            public long wallMs() {
                return START_MS + nowNs / 1_000_000;
            }

            @Override
            public long monotonicNs() {
                return nowNs;
            }
        };
        Scheduler scheduler = (delayMs, action) -> {
            boolean[] cancelled = {false};
            add(delayMs * 1_000_000, () -> {
                if (!cancelled[0]) {
                    action.run();
                }
            });
            return () -> cancelled[0] = true;
        };
        coordinator = new Coordinator(new CoordinatorParts(
                new NodeId("c"),
                new ClusterMembers(
                        new Placement(replicas.stream().map(ScriptedReplica::id).toList()), replicas),
                new TimeSources(clock, scheduler, new HybridClock(clock, 500), () -> Long.MAX_VALUE),
                new Random(1)));
    }

    private void add(long delayNs, Runnable action) {
        tasks.add(new Task(nowNs + delayNs, taskCount++, action));
    }

    /** Asks the coordinator, and lets time pass until it answers and a little longer. */
    Outcome ask(BiConsumer<Coordinator, Consumer<Outcome>> request) {
        List<Outcome> outcomes = new ArrayList<>();
        request.accept(coordinator, outcomes::add);
        while (outcomes.isEmpty()) {
            step();
        }
        long endNs = nowNs + 20_000_000;
        while (!tasks.isEmpty() && tasks.peek().atNs <= endNs) {
            step();
        }
        return outcomes.get(0);
    }

    private void step() {
        Task next = tasks.remove();
        nowNs = next.atNs;
        next.action.run();
    }

    /** What was asked of these types, in order. */
    <R extends Request> List<R> asked(Class<R> type) {
        return asked.stream()
                .map(Asked::request)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private final class ScriptedReplica implements ReplicaClient {
        private final int place;
        private final NodeId id;

        ScriptedReplica(int place, NodeId id) {
            this.place = place;
            this.id = id;
        }

        @Override
        public NodeId id() {
            return id;
        }

        @Override
        public Reachability reachability() {
            return Reachability.UP;
        }

        @Override
        public VotingStatus votingStatus() {
            return VotingStatus.VOTING;
        }

        @Override
        public boolean isLocal() {
            return false;
        }

        @Override
        public long usualDelayMs() {
            return 100;
        }

        @Override
        public Vitals vitals() {
            return new Vitals(1, Optional.empty(), "");
        }

        @Override
        public void ask(Request request, long patienceMs, int index, Answers answers) {
            asked.add(new Asked(place, request));
            script.reply(place, request)
                    .ifPresent(reply ->
                            add(1_000_000 * script.delayMs(place, request), () -> answers.replied(index, reply)));
        }
    }
}
