package io.quorate.coordinator.operation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Three coordinators, three replicas and one contended key, under random delays, losses, silences and unreachability, for
 * thousands of seeds. Checks invariant 8 of the protocol, which for registers with unique versions is linearizability: an
 * operation's version is at least that of every operation that ended before it began, larger if it writes; and one version
 * has one content.
 */
class AtomicRegisterTest {
    private static final Key KEY = Key.of("contended");
    private static final int SEEDS = 3_000;

    @Test
    void readsAndWritesOfOneKeyAreAtomicWhateverTheNetworkDoes() {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + SEEDS; seed++) {
            Optional<String> violation = new Run(seed, Level.LINEARIZABLE).violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
        }
    }

    @Test
    void theCheckNoticesReadsThatDoNotWriteBack() {
        long caught = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            caught += new Run(seed, Level.QUORUM).violation().isPresent() ? 1 : 0;
        }
        assertTrue(caught > 0, "no seed of " + SEEDS + " showed the difference that the write-back makes");
    }

    @Test
    void theCheckNoticesReadsOfASingleReplica() {
        assertTrue(new Run(1, Level.ONE).violation().isPresent()
                || new Run(2, Level.ONE).violation().isPresent());
    }

    /** One seed: 60 operations by 6 clients. */
    private static final class Run {
        private static final int CLIENTS = 6;
        private static final int OPERATIONS_PER_CLIENT = 10;
        private static final long TIMEOUT_MS = 200;

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final Level readLevel;
        private final DisturbedCluster cluster;
        private final List<Ended> ended = new ArrayList<>();
        private final Map<Version, Value> contents = new HashMap<>();
        private String violation;

        private record Ended(long startNs, long endNs, Version version, boolean write) {}

        Run(long seed, Level readLevel) {
            this.random = new Random(seed);
            this.readLevel = readLevel;
            this.cluster = new DisturbedCluster(time, random, HashMap::new);
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
            Runnable then = () -> time.after(random.nextInt(5), () -> next(client, done + 1));
            if (random.nextBoolean()) {
                Value value = Value.of(client + "." + done);
                coordinator.write(KEY, value, new Terms(Level.LINEARIZABLE, TIMEOUT_MS), outcome -> {
                    if (outcome instanceof Applied applied) {
                        end(startNs, applied.version(), value, true);
                    }
                    then.run();
                });
            } else {
                coordinator.read(KEY, new Terms(readLevel, TIMEOUT_MS), outcome -> {
                    if (outcome instanceof Read read && read.record().content() instanceof Value value) {
                        end(startNs, read.record().version(), value, false);
                    } else if (outcome instanceof Read read) {
                        end(startNs, read.record().version(), Value.of("absent"), false);
                    }
                    then.run();
                });
            }
        }

        private void end(long startNs, Version version, Value value, boolean write) {
            Value known = contents.putIfAbsent(version, value);
            if (known != null && !known.equals(value)) {
                violation = version + " has two contents";
            }
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
