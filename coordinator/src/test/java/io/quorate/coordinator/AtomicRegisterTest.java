package io.quorate.coordinator;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Three coordinators, three replicas and one contended key, under random delays, losses, silences and unreachability,
 * for thousands of seeds. The test checks invariant 8 of the protocol. For registers with unique versions it is
 * linearizability. The version of an operation is at least that of every operation that ended before it began. It is
 * larger if the operation writes. One version has one content.
 */
class AtomicRegisterTest {
    private static final Key KEY = Key.of("contended");
    private static final int SEEDS = 3_000;

    @Test
    void readsAndWritesOfOneKeyAreAtomicWhateverTheNetworkDoes() {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + SEEDS; seed++) {
            Optional<String> violation = new Run(seed, ConsistencyLevel.LINEARIZABLE, false).violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
        }
    }

    @Test
    void conditionalWritesMixWithReadsPlainWritesAndDeletes() {
        long first = new Random().nextLong();
        int conditionalWrites = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Run run = new Run(seed, ConsistencyLevel.LINEARIZABLE, true);
            Optional<String> violation = run.violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
            conditionalWrites += run.conditionalWrites;
        }
        assertTrue(conditionalWrites > SEEDS, "only " + conditionalWrites + " conditional writes succeeded");
    }

    @Test
    void theCheckNoticesReadsThatDoNotWriteBack() {
        long caught = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            caught += new Run(seed, ConsistencyLevel.QUORUM, false).violation().isPresent() ? 1 : 0;
        }
        assertTrue(caught > 0, "no seed of " + SEEDS + " showed the difference that the write-back makes");
    }

    @Test
    void theCheckNoticesReadsOfASingleReplica() {
        assertTrue(new Run(1, ConsistencyLevel.ONE, false).violation().isPresent()
                || new Run(2, ConsistencyLevel.ONE, false).violation().isPresent());
    }

    /** One seed: 60 operations by 6 clients. */
    private static final class Run {
        private static final int CLIENTS = 6;
        private static final int OPERATIONS_PER_CLIENT = 10;
        private static final long TIMEOUT_MS = 200;

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final ConsistencyLevel readLevel;
        private final DisturbedCluster cluster;
        private final List<Ended> ended = new ArrayList<>();
        private final Map<Version, Content> contents = new HashMap<>();
        private final Map<Content, Version> versions = new HashMap<>();
        private final Set<Content> notApplied = new HashSet<>();
        private final boolean conditions;
        private Version newestSeen = Version.ZERO;
        private int conditionalWrites;
        private String violation;

        private record Ended(long startNs, long endNs, Version version, boolean write) {}

        Run(long seed, ConsistencyLevel readLevel, boolean conditions) {
            this.random = new Random(seed);
            this.readLevel = readLevel;
            this.conditions = conditions;
            this.cluster = new DisturbedCluster(time, random);
        }

        Optional<String> violation() {
            for (int client = 0; client < CLIENTS; client++) {
                next(client, 0);
            }
            cluster.disturb();
            time.pass((TIMEOUT_MS + 20) * OPERATIONS_PER_CLIENT);
            return Optional.ofNullable(violation);
        }

        private void next(int client, int done) {
            if (done == OPERATIONS_PER_CLIENT || violation != null) {
                return;
            }
            Coordinator coordinator = cluster.anyCoordinator();
            long startNs = time.monotonicNs();
            Content content = random.nextInt(5) == 0 ? TOMBSTONE : Value.of(client + "." + done);
            Consumer<Outcome> listener = outcome -> {
                ended(startNs, content, outcome);
                time.after(random.nextInt(5), () -> next(client, done + 1));
            };
            switch (random.nextInt(conditions ? 4 : 2)) {
                case 0 -> coordinator.read(KEY, new OperationOptions(readLevel, TIMEOUT_MS), listener);
                case 1 ->
                    coordinator.write(
                            KEY, content, new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS), listener);
                default ->
                    coordinator.writeIf(
                            KEY,
                            content,
                            precondition(),
                            new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS),
                            listener);
            }
        }

        private Precondition precondition() {
            return switch (random.nextInt(4)) {
                case 0 -> new Precondition.Absent();
                case 1 -> new Precondition.Present();
                default -> new Precondition.AnyOf(Set.of(newestSeen));
            };
        }

        private void ended(long startNs, Content content, Outcome outcome) {
            if (outcome instanceof Applied applied) {
                end(startNs, applied.version(), Optional.of(content), true);
            } else if (outcome instanceof Read read) {
                end(startNs, read.record().version(), Optional.of(read.record().content()), false);
            } else if (outcome instanceof ConditionFailed failed) {
                notApplied.add(content);
                end(startNs, failed.version(), Optional.empty(), false);
            } else if (outcome instanceof Refused) {
                notApplied.add(content);
            }
        }

        /** One operation writes each value. So a value has one version, and none if its operation was refused. */
        private void requireOneEffect(Version version, Content value) {
            Version known = versions.putIfAbsent(value, version);
            if (known != null && !known.equals(version)) {
                violation = "one write took effect twice, as " + known + " and " + version;
            }
            if (notApplied.contains(value)) {
                violation = "a write that was refused took effect as " + version;
            }
        }

        private void end(long startNs, Version version, Optional<Content> content, boolean write) {
            Content known =
                    content.map(each -> contents.putIfAbsent(version, each)).orElse(null);
            if (known != null && !known.equals(content.get())) {
                violation = version + " has two contents";
            }
            content.filter(Value.class::isInstance).ifPresent(value -> requireOneEffect(version, value));
            newestSeen = Version.max(newestSeen, version);
            conditionalWrites += write && version.step() > 0 ? 1 : 0;
            for (Ended before : ended) {
                if (before.endNs() >= startNs) {
                    continue;
                }
                int order = version.compareTo(before.version());
                if (order < 0 || order == 0 && write) {
                    violation =
                            (write ? "a write of " : "a read of ") + version + " began after " + before + " had ended";
                }
            }
            ended.add(new Ended(startNs, time.monotonicNs(), version, write));
        }
    }
}
