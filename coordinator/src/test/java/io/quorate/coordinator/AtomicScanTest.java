package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.MemoryReplica.MemoryStore;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.scan.PageQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Scans, reads, writes and deletes of three keys in a {@link DisturbedCluster}, for hundreds of seeds. For each key by
 * itself, a page must be a linearizable read, also where it shows no value. It shows at least the version of every
 * operation on that key that ended before the page was requested.
 */
class AtomicScanTest {
    private static final int SEEDS = 600;

    @Test
    void scansOfAKeyAreAtomicWhateverTheNetworkDoes() {
        long first = new Random().nextLong();
        long shown = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Run run = new Run(seed, ConsistencyLevel.LINEARIZABLE);
            Optional<String> violation = run.violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
            shown += run.shown;
        }
        assertTrue(shown > SEEDS, "only " + shown + " entries in the pages of " + SEEDS + " seeds");
    }

    @Test
    void theCheckNoticesScansThatDoNotWriteBack() {
        assertTrue(violations(ConsistencyLevel.QUORUM) > 0, "no seed showed the difference that the write-back makes");
    }

    @Test
    void theCheckNoticesScansOfASingleReplica() {
        assertTrue(violations(ConsistencyLevel.ONE) > 0);
    }

    private static long violations(ConsistencyLevel scanLevel) {
        long caught = 0;
        for (long seed = 0; seed < SEEDS && caught == 0; seed++) {
            caught += new Run(seed, scanLevel).violation().isPresent() ? 1 : 0;
        }
        return caught;
    }

    /** One seed: 60 operations by 6 clients. */
    private static final class Run {
        private static final List<Key> KEYS = List.of(Key.of("a"), Key.of("b"), Key.of("c"));
        private static final int CLIENTS = 6;
        private static final int OPERATIONS_PER_CLIENT = 10;
        private static final long TIMEOUT_MS = 200;

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final ConsistencyLevel scanLevel;
        private final DisturbedCluster cluster;
        private final Map<Key, List<Ended>> ended = new HashMap<>();
        private final Map<Key, TreeSet<Version>> absences = new HashMap<>();
        private final Map<Version, Value> contents = new HashMap<>();
        private String violation;
        private long shown;

        private record Ended(long startNs, long endNs, Version version) {}

        Run(long seed, ConsistencyLevel scanLevel) {
            this.random = new Random(seed);
            this.scanLevel = scanLevel;
            for (Key key : KEYS) {
                ended.put(key, new ArrayList<>());
                absences.put(key, new TreeSet<>(List.of(Version.ZERO)));
            }
            this.cluster = new DisturbedCluster(time, random, () -> new MemoryStore(new NotedMap()));
        }

        /**
         * A replica's registers. It notes every delete that arrives, since a key may be absent because of any of them.
         */
        private final class NotedMap extends HashMap<Key, Record> {
            private static final long serialVersionUID = 1L;

            @Override
            public Record merge(
                    Key key, Record record, BiFunction<? super Record, ? super Record, ? extends Record> newest) {
                if (record.isTombstone()) {
                    absences.get(key).add(record.version());
                }
                return super.merge(key, record, newest);
            }
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
            Runnable then = () -> time.after(random.nextInt(5), () -> next(client, done + 1));
            Key key = KEYS.get(random.nextInt(KEYS.size()));
            switch (random.nextInt(5)) {
                case 0 -> write(key, Value.of(client + "." + done), then);
                case 1 -> write(key, Tombstone.TOMBSTONE, then);
                case 2 -> read(key, then);
                default -> scan(then);
            }
        }

        private void write(Key key, Content content, Runnable then) {
            long startNs = time.monotonicNs();
            cluster.anyCoordinator()
                    .write(key, content, new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS), outcome -> {
                        if (outcome instanceof Applied applied) {
                            end(key, startNs, applied.version(), true);
                        }
                        then.run();
                    });
        }

        private void read(Key key, Runnable then) {
            long startNs = time.monotonicNs();
            cluster.anyCoordinator()
                    .read(key, new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS), outcome -> {
                        if (outcome instanceof Read read) {
                            end(key, startNs, read.record().version(), false);
                        }
                        then.run();
                    });
        }

        private void scan(Runnable then) {
            long startNs = time.monotonicNs();
            Direction direction = Direction.values()[random.nextInt(2)];
            boolean withValues = random.nextBoolean();
            PageQuery query = new PageQuery(KeyRange.ALL, direction, withValues, 1 + random.nextInt(3));
            cluster.anyCoordinator().scan(query, new OperationOptions(scanLevel, TIMEOUT_MS), outcome -> {
                if (outcome instanceof Scanned page) {
                    KEYS.stream()
                            .filter(key -> isCovered(key, page, direction))
                            .forEach(key -> end(key, startNs, page));
                }
                then.run();
            });
        }

        private static boolean isCovered(Key key, Scanned page, Direction direction) {
            return page.coveredTo()
                    .flatMap(end -> KeyRange.ALL.beyond(end, direction))
                    .map(rest -> !rest.contains(key))
                    .orElse(true);
        }

        private void end(Key key, long startNs, Scanned page) {
            Optional<ScanEntry> entry = page.entries().stream()
                    .filter(each -> each.key().equals(key))
                    .findFirst();
            entry.flatMap(ScanEntry::value).ifPresent(value -> {
                Value known = contents.putIfAbsent(entry.get().version(), value);
                violation = known == null || known.equals(value) ? violation : "a version with two contents";
            });
            if (entry.isPresent()) {
                shown++;
                end(key, startNs, entry.get().version(), false);
                return;
            }
            // The page does not say which delete it shows. The oldest possible one demands least of later operations.
            Version floor = ended.get(key).stream()
                    .filter(before -> before.endNs() < startNs)
                    .map(Ended::version)
                    .reduce(Version.ZERO, Version::max);
            Optional.ofNullable(absences.get(key).ceiling(floor))
                    .ifPresentOrElse(
                            delete -> end(key, startNs, delete, false),
                            () -> violation = key + " is absent, and was not deleted since " + floor);
        }

        private void end(Key key, long startNs, Version version, boolean write) {
            for (Ended before : ended.get(key)) {
                int order = version.compareTo(before.version());
                if (before.endNs() < startNs && (order < 0 || order == 0 && write)) {
                    violation = key + " at " + version + (write ? " written" : " read") + " after " + before;
                }
            }
            ended.get(key).add(new Ended(startNs, time.monotonicNs(), version));
        }
    }
}
