package io.quorate.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.MemoryReplica.MemoryStore;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The contended key of {@link AtomicRegisterTest} with values that expire soon. The coordinators' clocks differ by more
 * than a value lives, they jump, and what they know about each other is wrong. No client may ever see the register go
 * back.
 */
class ExpiringRegisterTest {
    private static final Key KEY = Key.of("contended");
    private static final int SEEDS = 2_000;

    @Test
    void noClientSeesAValueAgainAfterAClientSawItsEnd() {
        long first = new Random().nextLong();
        long ends = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Run run = new Run(seed, ConsistencyLevel.LINEARIZABLE);
            Optional<String> violation = run.violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
            ends += run.ends();
        }
        assertTrue(ends > SEEDS, "only " + ends + " expired values were seen: seeds from " + first);
    }

    /** A read at level quorum does this: it believes its own clock, and stores the end on no replica. */
    @Test
    void theCheckNoticesCoordinatorsThatJudgeByTheirOwnClocksAlone() {
        long caught = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Optional<String> violation = new Run(seed, ConsistencyLevel.QUORUM).violation();
            caught +=
                    violation.filter(text -> text.contains("had seen its end")).isPresent() ? 1 : 0;
        }
        assertTrue(caught > SEEDS / 100, "only " + caught + " of " + SEEDS + " seeds showed a value after its end");
    }

    /** One seed: 60 operations by 6 clients. */
    private static final class Run {
        private static final int CLIENTS = 6;
        private static final int OPERATIONS_PER_CLIENT = 10;
        private static final long TIMEOUT_MS = 200;
        private static final int TTL_MS_MAX = 60;
        private static final int SKEW_MS_MAX = 100;

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final ConsistencyLevel readLevel;
        private final List<List<MemoryReplica>> links = new ArrayList<>();
        private final List<SkewedClock> clocks = new ArrayList<>();
        private final List<Coordinator> coordinators = new ArrayList<>();
        private final ExpiringRegisterHistory history = new ExpiringRegisterHistory();

        Run(long seed, ConsistencyLevel readLevel) {
            this.random = new Random(seed);
            this.readLevel = readLevel;
            List<NodeId> ids = List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"));
            int lossPercent = random.nextInt(3) * 5;
            List<MemoryStore> stores = List.of(new MemoryStore(), new MemoryStore(), new MemoryStore());
            for (int c = 0; c < ids.size(); c++) {
                List<MemoryReplica> replicas = new ArrayList<>();
                for (int r = 0; r < ids.size(); r++) {
                    MemoryReplica link = new MemoryReplica(ids.get(r), time, random, stores.get(r));
                    link.isLocal = r == c;
                    link.delayMsMax = 1 + random.nextInt(20);
                    link.lossPercent = link.isLocal ? 0 : lossPercent;
                    link.skewMs = skewMs();
                    replicas.add(link);
                }
                links.add(replicas);
                clocks.add(new SkewedClock(time));
                coordinators.add(new Coordinator(new CoordinatorParts(
                        ids.get(c),
                        new ClusterMembers(new Placement(ids), replicas),
                        new TimeSources(clocks.get(c), time, new HybridClock(clocks.get(c), 500), () -> Long.MAX_VALUE),
                        random)));
            }
        }

        private long skewMs() {
            return random.nextInt(2 * SKEW_MS_MAX) - SKEW_MS_MAX;
        }

        Optional<String> violation() {
            for (int client = 0; client < CLIENTS; client++) {
                next(client, 0);
            }
            disturb();
            time.pass((TIMEOUT_MS + 20) * OPERATIONS_PER_CLIENT);
            return history.violation();
        }

        long ends() {
            return history.ends();
        }

        private void disturb() {
            MemoryReplica link = links.get(random.nextInt(3)).get(random.nextInt(3));
            switch (random.nextInt(6)) {
                case 0 -> link.silent = true;
                case 1 -> link.reachability = Reachability.DOWN;
                case 2 -> link.reachability = Reachability.RETURNED;
                case 3 -> link.skewMs = skewMs();
                case 4 -> clocks.get(random.nextInt(3)).aheadMs = skewMs();
                default -> {
                    link.silent = false;
                    link.reachability = Reachability.UP;
                }
            }
            time.after(1 + random.nextInt(30), this::disturb);
        }

        private void next(int client, int done) {
            if (done == OPERATIONS_PER_CLIENT || history.violation().isPresent()) {
                return;
            }
            Coordinator coordinator = coordinators.get(random.nextInt(coordinators.size()));
            Runnable then = () -> time.after(random.nextInt(5), () -> next(client, done + 1));
            if (random.nextInt(4) == 0) {
                write(coordinator, client + "." + done, then);
            } else {
                read(coordinator, then);
            }
        }

        private void write(Coordinator coordinator, String text, Runnable then) {
            long startNs = time.monotonicNs();
            long expiresAtMs = coordinator.time().expiresAtMs(1 + random.nextInt(TTL_MS_MAX));
            Value value = Value.of(text.getBytes(UTF_8), Value.DEFAULT_CONTENT_TYPE, expiresAtMs);
            coordinator.write(KEY, value, new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS), outcome -> {
                if (outcome instanceof Applied applied) {
                    history.wrote(startNs, time.monotonicNs(), applied.version());
                }
                then.run();
            });
        }

        private void read(Coordinator coordinator, Runnable then) {
            long startNs = time.monotonicNs();
            coordinator.read(KEY, new OperationOptions(readLevel, TIMEOUT_MS), outcome -> {
                if (outcome instanceof Read read && !read.record().version().equals(Version.ZERO)) {
                    history.read(startNs, time.monotonicNs(), read.record());
                }
                then.run();
            });
        }
    }
}
