package io.quorate.coordinator.replica.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A local replica and two peers under virtual time. Each is asked as often as the test says, and answers after a delay.
 */
class SlowReplicasTest {
    private static final Request QUERY = new Query(Key.of("k"), false);
    private static final Request STORE = new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN);

    private final SlowReplicas slow = new SlowReplicas();
    private final Peer local = new Peer(slow.add(new NodeId("n1"), true));
    private final Peer near = new Peer(slow.add(new NodeId("n2"), false));
    private final Peer far = new Peer(slow.add(new NodeId("n3"), false));
    private final List<Peer> peers = new ArrayList<>(List.of(local, near, far));
    private long nowMs;

    @ParameterizedTest
    @ValueSource(longs = {100, 500, 2_000})
    void aReplicaWithALateLinkIsSlowWithinASecondAndWellWithinTwo(long lateMs) {
        pass(3_000);
        assertFalse(far.delays.isSlow());
        far.delayMs = at -> lateMs;
        pass(1_000);
        assertTrue(far.delays.isSlow());
        pass(10_000);
        assertTrue(far.delays.isSlow());
        far.delayMs = at -> 1;
        pass(lateMs + 2_000);
        assertFalse(far.delays.isSlow());
        assertFalse(near.delays.isSlow());
    }

    @Test
    void aReplicaThatFlapsIsSlowWhileItIsLate() {
        far.delayMs = at -> at / 2_000 % 2 == 1 ? 2_000 : 1;
        int wrongMs = 0;
        for (int i = 0; i < 200; i++) {
            pass(100);
            boolean late = nowMs / 2_000 % 2 == 1;
            wrongMs += late && !far.delays.isSlow() ? 100 : 0;
        }
        assertTrue(wrongMs <= 2_500, "late and not called slow for " + wrongMs + " ms of 10,000");
    }

    @ParameterizedTest
    @CsvSource({"1,false", "10,false", "25,false", "60,true", "300,true"})
    void aLocalReplicaWithASlowDiskIsSlow(long forceMs, boolean isSlow) {
        local.forceMs = forceMs;
        pass(3_000);
        assertEquals(isSlow, local.delays.isSlow(), local.delays.complaint());
        assertFalse(far.delays.isSlow());
        if (isSlow) {
            assertTrue(local.delays.complaint().startsWith("force takes "), local.delays.complaint());
        }
    }

    @Test
    void aDiskThatIsSlowForReadsIsFoundWellByProbesOnly() {
        far.readMs = 300;
        pass(2_000);
        assertTrue(far.delays.isSlow());
        far.readMs = 1;
        far.isReadOnlyByProbes = true;
        pass(2_500);
        assertFalse(far.delays.isSlow());
    }

    @Test
    void aSlowReplicaWantsOneProbeATick() {
        assertFalse(far.delays.needsProbe());
        far.delayMs = at -> 100;
        pass(3_000);
        peers.forEach(peer -> peer.isRead = false);
        pass(100);
        assertTrue(far.delays.needsProbe());
        far.ask(QUERY);
        assertFalse(far.delays.needsProbe());
    }

    @Test
    void replicasThatAreLateTogetherAreNotSlow() {
        near.delayMs = at -> 300;
        far.delayMs = at -> 400;
        pass(5_000);
        assertFalse(near.delays.isSlow());
        assertFalse(far.delays.isSlow());
    }

    @Test
    void aSinglePauseMakesNoReplicaSlow() {
        far.delayMs = at -> at >= 3_000 && at < 3_100 ? 3_100 - at + 50 : 1;
        for (int i = 0; i < 60; i++) {
            pass(100);
            assertFalse(far.delays.isSlow(), () -> far.delays.complaint());
        }
    }

    @Test
    void aPauseOfThisProcessMakesNoReplicaSlow() {
        pass(3_000);
        peers.forEach(peer -> peer.ask(QUERY));
        nowMs += 5_000;
        // A timer of the event loop makes up for all that it missed, before a socket is read.
        for (int missed = 0; missed < 50; missed++) {
            assertEquals(List.of(), slow.tick(ns(nowMs)));
        }
        pass(100);
        assertFalse(near.delays.isSlow());
        assertFalse(far.delays.isSlow());
    }

    /** Its normal delay is neither bad nor good. So what it does normally must count as well again. */
    @Test
    void aReplicaAtSomeDistanceIsWellAgainAfterAnIncident() {
        far.delayMs = at -> 22;
        pass(3_000);
        assertFalse(far.delays.isSlow());
        far.delayMs = at -> 300;
        pass(2_000);
        assertTrue(far.delays.isSlow());
        far.delayMs = at -> 22;
        pass(15_000);
        assertFalse(far.delays.isSlow(), far.delays.complaint());
    }

    /** What nobody writes to any more says nothing about now. */
    @Test
    void aReplicaThatWasSlowForWritesOnlyIsWellSomeTimeAfterTheLastWrite() {
        far.forceMs = 300;
        far.delayMs = at -> 22;
        pass(3_000);
        assertTrue(far.delays.isSlow());
        peers.forEach(peer -> peer.isWritten = false);
        pass(15_000);
        assertFalse(far.delays.isSlow(), far.delays.complaint());
    }

    @Test
    void withFourPeersThoseThatAreLateAreSlowAndTheOthersAreNot() {
        Peer third = new Peer(slow.add(new NodeId("n4"), false));
        Peer fourth = new Peer(slow.add(new NodeId("n5"), false));
        peers.addAll(List.of(third, fourth));
        far.delayMs = at -> 200;
        fourth.delayMs = at -> 90;
        pass(3_000);
        assertTrue(far.delays.isSlow());
        assertTrue(fourth.delays.isSlow());
        assertFalse(near.delays.isSlow());
        assertFalse(third.delays.isSlow());
    }

    @Test
    void aReadIsOverdueAtOnceAndOnlyUntilItsAnswer() {
        pass(3_000);
        far.isRead = false;
        far.delayMs = at -> 35;
        far.ask(QUERY);
        assertFalse(far.delays.isOverdue(ns(nowMs + 30)));
        assertTrue(far.delays.isOverdue(ns(nowMs + 31)));
        pass(40);
        assertFalse(far.delays.isOverdue(ns(nowMs)));
        assertFalse(far.delays.isSlow());
    }

    @Test
    void aSlowReplicaThatFallsSilentStaysSlowUntilItAnswersInTime() {
        far.delayMs = at -> 2_000;
        pass(1_000);
        far.lose();
        far.delayMs = at -> 1_000_000;
        pass(1_000);
        assertTrue(far.delays.isSlow());
        far.lose();
        far.delayMs = at -> 1;
        pass(2_000);
        assertFalse(far.delays.isSlow());
    }

    @Test
    void aNewConnectionIsJudgedAnew() {
        far.delayMs = at -> 100;
        pass(2_000);
        assertTrue(far.delays.isSlow());
        far.lose();
        far.delays.disconnected();
        assertFalse(far.delays.isSlow());
        assertEquals("", far.delays.complaint());
    }

    @Test
    void theDelayOfReadsIsKnownFromFiveAnswersOn() {
        assertTrue(far.delays.readTailNs().isEmpty());
        far.delayMs = at -> 300;
        pass(3_000);
        assertEquals(300, TimeUnit.NANOSECONDS.toMillis(far.delays.readTailNs().orElseThrow()), 75);
    }

    /** Once in 10 ms each replica is read and written, and pinged every 100 ms. */
    private void pass(long ms) {
        for (long end = nowMs + ms; nowMs < end; nowMs++) {
            peers.forEach(Peer::answerDue);
            if (nowMs % 10 == 0) {
                peers.forEach(Peer::askAll);
            }
            if (nowMs % SlowReplicas.TICK_MS == 0) {
                slow.tick(ns(nowMs));
            }
        }
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private final class Peer {
        private final ReplicaDelays delays;
        private Queue<Owed> owed = new ArrayDeque<>();
        /** What the link takes at a time. */
        private LongUnaryOperator delayMs = at -> 1;

        private long readMs;
        private long forceMs = 2;
        private boolean isRead = true;
        private boolean isWritten = true;
        private boolean isReadOnlyByProbes;

        private record Owed(Optional<Asked> asked, long dueMs) {}

        Peer(ReplicaDelays delays) {
            this.delays = delays;
        }

        void askAll() {
            if (isRead && (!isReadOnlyByProbes || delays.needsProbe())) {
                ask(QUERY);
            }
            if (isWritten) {
                ask(STORE);
            }
            if (nowMs % 100 == 0 && this != local) {
                ask(new Ping());
            }
        }

        void ask(Request request) {
            long workMs = request == STORE ? forceMs : request == QUERY ? readMs : 0;
            owed.add(new Owed(delays.asked(request, ns(nowMs)), nowMs + delayMs.applyAsLong(nowMs) + workMs));
        }

        void answerDue() {
            List<Owed> due = new ArrayList<>(owed);
            due.removeIf(each -> each.dueMs() > nowMs);
            due.forEach(each -> delays.answered(each.asked().orElseThrow(), ns(nowMs)));
            owed.removeAll(due);
        }

        void lose() {
            owed = new ArrayDeque<>();
            delays.lost();
        }
    }
}
