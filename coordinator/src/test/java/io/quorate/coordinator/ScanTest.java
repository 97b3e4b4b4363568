package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.ScanLimits;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.scan.PageMerge;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.round.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scans of three replicas under virtual time, the first of them local to the coordinator. */
class ScanTest {
    private static final long TIMEOUT_MS = 1_000;
    private static final Tombstone DELETED = Tombstone.TOMBSTONE;

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final RepairCounts repairs = new RepairCounts();
    private final Coordinator coordinator;
    private final List<Outcome> outcomes = new ArrayList<>();

    ScanTest() {
        replicas.get(0).isLocal = true;
        coordinator = new Coordinator(cluster.parts().withRepairs(repairs));
    }

    @Test
    void agreeingReplicasAreScannedInOneRoundByAMajority() {
        everywhere("a", 1, Value.of("1"));
        everywhere("b", 2, Value.of("2"));
        Scanned page = scan(10);
        assertEquals(List.of("a", "b"), keys(page));
        assertEquals(Value.of("2"), page.entries().get(1).value().orElseThrow());
        assertEquals(Optional.empty(), page.coveredTo());
        assertEquals(1, page.evidence().rounds().size());
        assertEquals(2, replicas.stream().mapToInt(replica -> replica.asked).sum());
    }

    @Test
    void anEmptyRangeIsAnEmptyLastPage() {
        Scanned page = scan(10);
        assertEquals(List.of(), keys(page));
        assertEquals(Optional.empty(), page.coveredTo());
    }

    @ParameterizedTest
    @EnumSource
    void pagesFollowEachOtherWithoutGapOrOverlap(Direction direction) {
        for (char key = 'a'; key <= 'g'; key++) {
            everywhere(String.valueOf(key), key, Value.of("v"));
        }
        List<String> expected = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
        if (direction == Direction.DESCENDING) {
            Collections.reverse(expected);
        }
        assertEquals(expected, scanAll(direction, 2));
        assertEquals(expected, scanAll(direction, 7));
    }

    @Test
    void nothingIsSkippedBetweenWhereOneReplicaStopsAndAnotherDoes() {
        for (int i = 0; i < 60; i++) {
            hold(cluster.random.nextInt(2), String.format("%02d", i), i + 1, Value.of("v"));
            hold(2, String.format("%02d", i), i + 1, Value.of("v"));
        }
        List<String> expected =
                IntStream.range(0, 60).mapToObj(i -> String.format("%02d", i)).toList();
        assertEquals(expected, scanAll(Direction.ASCENDING, 7));
    }

    @Test
    void aPageGoesNoFurtherThanTheReplicaThatStoppedFirst() {
        Value large = Value.of("x".repeat(ScanLimits.BYTES_MAX / 2 + 1));
        for (int replica = 1; replica <= 2; replica++) {
            hold(replica, "a", 1, large);
            hold(replica, "b", 2, large);
        }
        everywhere("c", 3, large);
        everywhere("d", 4, large);
        Scanned first = scan(10);
        assertEquals(List.of("a"), keys(first));
        assertEquals(Optional.of(Key.of("a")), first.coveredTo());
        assertEquals(List.of("a", "b", "c", "d"), scanAll(Direction.ASCENDING, 10));
    }

    @Test
    void theNewestVersionWinsAndIsOnAMajorityBeforeThePageIsReturned() {
        everywhere("a", 1, Value.of("old"));
        down(2);
        hold(0, "a", 2, Value.of("new"));
        Scanned page = scan(10);
        assertEquals(Value.of("new"), page.entries().get(0).value().orElseThrow());
        assertEquals(Value.of("new"), held(1, "a").content());
        assertEquals(2, page.evidence().rounds().size());
        assertEquals(List.of(new NodeId("n2")), page.evidence().repaired());
        assertEquals(1, repairs.foreground());
    }

    @Test
    void aDeleteThatOnlyOneReplicaHasIsOnAMajorityBeforeThePageShowsTheKeyAbsent() {
        everywhere("a", 1, Value.of("old"));
        down(2);
        hold(0, "a", 2, DELETED);
        Scanned page = scan(10);
        assertEquals(List.of(), keys(page));
        assertEquals(List.of(new NodeId("n2")), page.evidence().repaired());
        assertTrue(held(1, "a").isTombstone());
    }

    @Test
    void replicasThatAreStaleInDifferentKeysAreAllStoredTo() {
        down(2);
        hold(0, "a", 1, Value.of("1"));
        hold(1, "b", 2, Value.of("2"));
        assertEquals(List.of("a", "b"), keys(scan(10)));
        assertEquals(Value.of("1"), held(1, "a").content());
        assertEquals(Value.of("2"), held(0, "b").content());
    }

    @Test
    void aPageIsRefusedWhenWhatItFoundCannotReachAMajority() {
        down(2);
        hold(0, "a", 1, Value.of("1"));
        replicas.get(1).full = true;
        assertEquals(RefusalReason.DISK_FULL, refusal());
    }

    @Test
    void aPageIsRefusedForWhatItsReplicasRefusedTheScan() {
        everywhere("a", 1, Value.of("1"));
        replicas.forEach(replica -> replica.rejects.put(Scan.class, RejectionCause.NO_MEMORY));
        assertEquals(RefusalReason.NO_MEMORY, refusal());
        replicas.forEach(replica -> replica.rejects.put(Scan.class, RejectionCause.OVERLOADED));
        assertEquals(RefusalReason.OVERLOADED, refusal());
    }

    @Test
    void aPageIsRefusedForWhatTheReadOfADoubtfulKeyWasRefused() {
        expiredEverywhere("a");
        replicas.forEach(replica -> replica.rejects.put(Query.class, RejectionCause.OVERLOADED));
        assertEquals(RefusalReason.OVERLOADED, refusal());
        assertEquals(
                1,
                outcomes.get(0).evidence().rounds().stream()
                        .filter(round -> round.phase() == Phase.QUERY)
                        .count());
    }

    @Test
    void aPageWhoseDoubtfulKeyIsNotReadInTimeIsRefusedForWhatReplicasSaidUntilThen() {
        expiredEverywhere("a");
        replicas.get(1).rejects.put(Query.class, RejectionCause.NO_MEMORY);
        replicas.get(2).silentFromQuery = true;
        assertEquals(RefusalReason.NO_MEMORY, refusal());
    }

    @Test
    void atItsDeadlineAPageIsRefusedForWhatReplicasSaidUntilThen() {
        replicas.get(1).rejects.put(Scan.class, RejectionCause.NO_MEMORY);
        replicas.get(2).silent = true;
        assertEquals(RefusalReason.NO_MEMORY, refusal());
        replicas.get(0).silent = true;
        assertEquals(RefusalReason.NO_QUORUM, refusal());
    }

    @Test
    void withoutAMajorityNoReplicaIsAsked() {
        down(1);
        down(2);
        assertEquals(RefusalReason.NO_QUORUM, refusal());
        assertEquals(0, replicas.get(0).asked);
    }

    @Test
    void aSilentReplicaIsHedgedAround() {
        everywhere("a", 1, Value.of("1"));
        replicas.get(1).silent = true;
        assertEquals(List.of("a"), keys(scan(10)));
        assertEquals(List.of("a"), keys(scan(10)));
    }

    @Test
    void atLevelQuorumThePageIsRepairedAfterTheAnswerAndNotBefore() {
        down(2);
        hold(0, "a", 1, Value.of("1"));
        Scanned page = (Scanned) run(query(10, true), ConsistencyLevel.QUORUM);
        assertEquals(1, page.evidence().rounds().size());
        assertEquals(Value.of("1"), held(1, "a").content());
        assertEquals(1, repairs.background());
    }

    @Test
    void atLevelOneASingleReplicaIsAsked() {
        hold(1, "a", 1, Value.of("1"));
        assertEquals(List.of(), keys((Scanned) run(query(10, true), ConsistencyLevel.ONE)));
        assertEquals(1, replicas.stream().mapToInt(replica -> replica.asked).sum());
    }

    @Test
    void atLevelAllEveryReplicaIsBroughtUpToDateFirst() {
        hold(0, "a", 1, Value.of("1"));
        hold(1, "a", 1, Value.of("1"));
        Scanned page = (Scanned) run(query(10, true), ConsistencyLevel.ALL);
        assertEquals(List.of(new NodeId("n3")), page.evidence().repaired());
        assertEquals(Value.of("1"), held(2, "a").content());
    }

    @Test
    void aReplicaThatCameBackIsRepaired() {
        hold(0, "a", 1, Value.of("1"));
        hold(1, "a", 1, Value.of("1"));
        replicas.get(2).reachability = Reachability.RETURNED;
        assertEquals(List.of("a"), keys(scan(10)));
        assertEquals(Value.of("1"), held(2, "a").content());
    }

    @Test
    void aReplicaThatAnswersLateIsRepairedToo() {
        hold(0, "a", 1, Value.of("1"));
        hold(1, "a", 1, Value.of("1"));
        hold(2, "a", 1, Value.of("1"));
        hold(0, "b", 2, Value.of("2"));
        hold(1, "b", 2, Value.of("2"));
        replicas.get(2).reachability = Reachability.RETURNED;
        replicas.get(2).delayMsMax = 2_000;
        scan(10);
        time.pass(5_000);
        assertEquals(Value.of("2"), held(2, "b").content());
        assertEquals(1, repairs.background());
    }

    @Test
    void keysAloneTakeOneRoundWhileReplicasAgreeAndAreAskedForWithValuesWhenARepairNeedsThem() {
        everywhere("a", 1, Value.of("1"));
        Scanned agreed = (Scanned) run(query(10, false), ConsistencyLevel.LINEARIZABLE);
        assertEquals(List.of(ScanEntry.headOf(Key.of("a"), held(0, "a"))), agreed.entries());
        assertEquals(1, agreed.evidence().rounds().size());

        down(2);
        hold(0, "a", 2, Value.of("2"));
        Scanned repaired = (Scanned) run(query(10, false), ConsistencyLevel.LINEARIZABLE);
        assertEquals(List.of(ScanEntry.headOf(Key.of("a"), held(0, "a"))), repaired.entries());
        assertEquals(Value.of("2"), held(1, "a").content());
        assertEquals(3, repaired.evidence().rounds().size());
    }

    @Test
    void aPageOfTombstonesIsAStepForward() {
        for (int i = 0; i < ScanLimits.VISITS_MAX + 10; i++) {
            everywhere(String.format("%05d", i), i + 1, DELETED);
        }
        everywhere("last", 1, Value.of("1"));
        Scanned first = scan(10);
        assertEquals(List.of(), keys(first));
        assertEquals(
                String.format("%05d", ScanLimits.VISITS_MAX - 1),
                first.coveredTo().orElseThrow().toString());
        assertEquals(List.of("last"), scanAll(Direction.ASCENDING, 10));
    }

    @Test
    void aPageEndsWhereItHasEnoughToRepair() {
        down(2);
        for (int i = 0; i < PageMerge.STALE_KEYS_MAX + 5; i++) {
            hold(0, String.format("%05d", i), i + 1, Value.of("v"));
        }
        assertEquals(PageMerge.STALE_KEYS_MAX, scan(1_000).entries().size());
        assertEquals(
                PageMerge.STALE_KEYS_MAX + 5,
                scanAll(Direction.ASCENDING, 1_000).size());
    }

    @Test
    void anExpiredValueIsAbsentFromItsInstantOn() {
        Value mortal = Value.of(new byte[1], "x/y", time.wallMs() + 50);
        everywhere("a", 1, mortal);
        assertEquals(List.of("a"), keys(scan(10)));
        time.pass(50);
        assertEquals(List.of(), keys(scan(10)));
        assertEquals(List.of(), keys((Scanned) run(query(10, false), ConsistencyLevel.LINEARIZABLE)));
    }

    @Test
    void moreScansThanFitAreRefused() {
        for (int i = 0; i <= AdmissionLimits.DEFAULTS.scansMax(); i++) {
            coordinator.scan(
                    query(10, true), new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS), outcomes::add);
        }
        assertEquals(
                RefusalReason.OVERLOADED,
                assertInstanceOf(Refused.class, outcomes.get(0)).reason());
        time.pass(TIMEOUT_MS);
        assertEquals(AdmissionLimits.DEFAULTS.scansMax() + 1, outcomes.size());
        scan(10);
    }

    private static PageQuery query(int entriesMax, boolean withValues) {
        return new PageQuery(KeyRange.ALL, Direction.ASCENDING, withValues, entriesMax);
    }

    private Scanned scan(int entriesMax) {
        return (Scanned) run(query(entriesMax, true), ConsistencyLevel.LINEARIZABLE);
    }

    private Outcome run(PageQuery query, ConsistencyLevel level) {
        outcomes.clear();
        coordinator.scan(query, new OperationOptions(level, TIMEOUT_MS), outcomes::add);
        time.pass(TIMEOUT_MS + 1);
        assertEquals(1, outcomes.size());
        return outcomes.get(0);
    }

    private RefusalReason refusal() {
        return assertInstanceOf(Refused.class, run(query(10, true), ConsistencyLevel.LINEARIZABLE))
                .reason();
    }

    private List<String> scanAll(Direction direction, int entriesMax) {
        List<String> keys = new ArrayList<>();
        Optional<KeyRange> rest = Optional.of(KeyRange.ALL);
        while (rest.isPresent()) {
            PageQuery query = new PageQuery(rest.get(), direction, true, entriesMax);
            Scanned page = assertInstanceOf(Scanned.class, run(query, ConsistencyLevel.LINEARIZABLE));
            assertTrue(page.entries().size() <= entriesMax);
            keys.addAll(keys(page));
            KeyRange range = rest.get();
            rest = page.coveredTo().flatMap(end -> range.beyond(end, direction));
        }
        return keys;
    }

    private static List<String> keys(Scanned page) {
        return page.entries().stream().map(entry -> entry.key().toString()).toList();
    }

    /** A scan reads the key itself, since its expiry has to be chosen first. */
    private void expiredEverywhere(String key) {
        everywhere(key, 1, Value.of(new byte[1], "x/y", time.wallMs() - 1));
    }

    private void everywhere(String key, int version, Content content) {
        for (int i = 0; i < 3; i++) {
            hold(i, key, version, content);
        }
    }

    private void hold(int replica, String key, int version, Content content) {
        replicas.get(replica).registers.put(Key.of(key), new Record(new Version(version, 0, 1, 0), content));
    }

    private Record held(int replica, String key) {
        return replicas.get(replica).held(Key.of(key));
    }

    private void down(int replica) {
        replicas.get(replica).reachability = Reachability.DOWN;
    }
}
