package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.round.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first replica has accepted a proposal for each key. Its proposer is at work, or gone. The third replica is down,
 * so each majority has the first.
 */
class ProposalUnderWayTest {
    private static final int KEYS = 20;
    private static final Key KEY = key(0);
    private static final Record BASE = new Record(new Version(10, 1, 1, 0), Value.of("base"));
    private static final Record PROPOSED =
            new Record(BASE.version().nextStep(), Value.of("proposed"), new RequestId(7, 7));
    private static final Proposal PROPOSAL = new Proposal(new Ballot(1, 1, 1), PROPOSED);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long endedNs;

    ProposalUnderWayTest() {
        replicas.get(0).isLocal = true;
        for (int i = 0; i < KEYS; i++) {
            Key key = key(i);
            replicas.forEach(each -> each.ask(new StoreRequest(key, BASE), 0, IgnoredAnswers.INSTANCE));
            time.pass(10);
            accept(replicas.get(0), key);
            time.pass(10);
        }
        replicas.get(2).reachability = Reachability.DOWN;
        replicas.get(2).silent = true;
        coordinator = cluster.coordinator();
    }

    private static Key key(int number) {
        return Key.of("key-" + number);
    }

    private static void accept(MemoryReplica replica, Key key) {
        replica.ask(new Accept(key, PROPOSAL), 0, IgnoredAnswers.INSTANCE);
    }

    private void ended(Outcome outcome) {
        endedNs = time.monotonicNs();
        outcomes.add(outcome);
    }

    /** Starts a read. Its time is counted from here. */
    private long read(long timeoutMs) {
        long startNs = time.monotonicNs();
        coordinator.read(KEY, new OperationOptions(ConsistencyLevel.LINEARIZABLE, timeoutMs), this::ended);
        return startNs;
    }

    private static List<Phase> phases(Outcome outcome) {
        return outcome.evidence().rounds().stream().map(each -> each.phase()).toList();
    }

    @Test
    void aReadThatSeesAProposerAtWorkWaitsForIt() {
        read(200);
        time.pass(4);
        accept(replicas.get(1), KEY);
        time.pass(200);
        Read read = assertInstanceOf(Read.class, outcomes.get(0));
        assertEquals(PROPOSED, read.record());
        assertTrue(phases(read).stream().allMatch(phase -> phase == Phase.QUERY), () -> "rounds: " + phases(read));
    }

    /** The pauses, each query, PREPARE and ACCEPT, whose messages take up to a millisecond each way. */
    @Test
    void aReadFinishesTheProposalOfAProposerThatIsGone() {
        long startNs = read(200);
        time.pass(200);
        Read read = assertInstanceOf(Read.class, outcomes.get(0));
        assertEquals(PROPOSED, read.record());
        assertEquals(
                List.of(Phase.QUERY, Phase.QUERY, Phase.QUERY, Phase.QUERY, Phase.PREPARE, Phase.ACCEPT), phases(read));
        assertTrue(endedNs - startNs <= 26_000_000, () -> "took " + (endedNs - startNs) + " ns");
    }

    @Test
    void aReadThatIsPreemptedLooksBeforeItPreparesAgain() {
        Ballot later = new Ballot(time.wallMs() + 100 << 16, 1, 1);
        replicas.get(1).ask(new Prepare(KEY, later), 0, IgnoredAnswers.INSTANCE);
        time.pass(10);
        read(200);
        time.pass(200);
        Read read = assertInstanceOf(Read.class, outcomes.get(0));
        assertEquals(PROPOSED, read.record());
        List<Phase> phases = phases(read);
        assertEquals(
                List.of(Phase.PREPARE, Phase.QUERY, Phase.PREPARE, Phase.ACCEPT),
                phases.subList(phases.indexOf(Phase.PREPARE), phases.size()));
    }

    /** Rounds take up to 2 ms here, and PREPARE and ACCEPT are two of them. */
    @ParameterizedTest
    @CsvSource({"7, 3, 3", "16, 3, 4", "24, 3, 4", "40, 4, 5", "200, 6, 6"})
    void aReadInAHurryLooksLessOften(long timeoutMs, int roundsMin, int roundsMax) {
        read(timeoutMs);
        time.pass(timeoutMs);
        Read read = assertInstanceOf(Read.class, outcomes.get(0));
        assertEquals(PROPOSED, read.record());
        int rounds = read.evidence().rounds().size();
        assertTrue(rounds >= roundsMin && rounds <= roundsMax, () -> "rounds: " + phases(read));
    }

    @Test
    void aReadWhoseRoundsAreSlowLooksNoMore() {
        replicas.subList(1, 3).forEach(replica -> replica.delayMsMax = 30);
        read(100);
        time.pass(1_000);
        long looks = phases(outcomes.get(0)).stream()
                .filter(phase -> phase == Phase.QUERY)
                .count();
        assertTrue(looks <= 2, () -> "rounds: " + phases(outcomes.get(0)));
    }

    @Test
    void aScanPausesOnceForAllItsKeys() {
        long startNs = time.monotonicNs();
        PageQuery all = new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 2 * KEYS);
        coordinator.scan(all, new OperationOptions(ConsistencyLevel.LINEARIZABLE, 500), this::ended);
        time.pass(500);
        Scanned page = assertInstanceOf(Scanned.class, outcomes.get(0));
        assertEquals(KEYS, page.entries().size());
        assertEquals(
                List.of(PROPOSED.version()),
                page.entries().stream().map(ScanEntry::version).distinct().toList());
        assertTrue(endedNs - startNs <= 30_000_000, () -> "took " + (endedNs - startNs) + " ns");
    }
}
