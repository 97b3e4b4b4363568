package io.quorate.deploy.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.load.OpenPace.Spacing;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.SharedHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups of clients in virtual time. */
final class RequestGroupTest {
    private static final int PATIENCE_MS = 500;

    private final FakeServer server = new FakeServer();
    private boolean closes = true;

    @Test
    void anOpenLoopSendsAtItsRateWhateverBecomesOfTheAnswers() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, 400);
        assertEquals(40, server.unanswered());
    }

    @Test
    void latencyCountsFromTheTimeAtWhichARequestWasDue() {
        LoadRun run = start(open(100, 1));
        server.pass(run, 301); // one connection: 30 requests are due, and the first one occupies it
        for (int i = 0; i < 30; i++) {
            server.answerAll("200 OK");
        }
        GroupTally tally = drained(run);
        assertEquals(30, tally.good());
        assertEquals(291, tally.longestMs(), 2);
        assertEquals(151, tally.latencyMs(50), 12);
    }

    @Test
    void aGeneratorThatStalledCountsTheWaitAndSaysSo() {
        LoadRun run = start(open(100, 1_000));
        server.stall(200);
        server.pass(run, 2);
        server.answerAll("200 OK");
        GroupTally tally = drained(run);
        assertEquals(20, tally.good());
        assertEquals(192, tally.longestMs(), 2);
        assertEquals(191, tally.lateMs(100), 2);
    }

    @Test
    void aClientWhosePatienceEndsClosesItsConnection() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, PATIENCE_MS + 100);
        assertEquals(50, server.openConnections(), 1);
        GroupTally tally = stopped(run);
        assertTrue(run.drained().isComplete());
        assertEquals(Map.of(GroupTally.GAVE_UP, 60L), tally.failures());
        assertEquals(0, server.openConnections());
    }

    @Test
    void aClientWithoutAConnectionGivesUpUnsent() {
        server.refuse(true);
        LoadRun run = start(open(100, 1_000));
        server.pass(run, 100);
        GroupTally tally = stopped(run);
        assertEquals(Map.of(GroupTally.GAVE_UP_UNSENT, 10L), tally.failures());
        assertTrue(tally.connectionsRefused() > 0);
    }

    @Test
    void anAnswerAfterTheClientGaveUpIsNotGood() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, PATIENCE_MS + 100);
        server.answerAll("200 OK");
        GroupTally tally = drained(run);
        assertEquals(50, tally.good(), 1);
        assertEquals(60, tally.good() + tally.failures().get(GroupTally.GAVE_UP));
    }

    @Test
    void aClientThatLeavesTheConnectionUsesItAgainAfterTheLateAnswer() {
        closes = false;
        LoadRun run = start(open(100, 1_000));
        server.pass(run, PATIENCE_MS + 100);
        assertEquals(60, server.openConnections());
        server.answerAll("200 OK");
        server.pass(run, 100);
        assertEquals(60, server.connectionsEver());
        server.answerAll("200 OK");
        GroupTally tally = drained(run);
        assertEquals(10, tally.lateAnswers());
        assertEquals(70, tally.good() + tally.lateAnswers());
        assertEquals(Map.of(GroupTally.GAVE_UP, tally.lateAnswers()), tally.failures());
    }

    @Test
    void theNewestOfTheWaitingRequestsGoesFirst() {
        LoadRun run = start(open(100, 1));
        server.pass(run, 301);
        server.answerAll("200 OK");
        server.answerAll("200 OK");
        GroupTally tally = stopped(run);
        assertEquals(2, tally.good());
        assertTrue(tally.latencyMs(50) < 20, () -> tally.latencyMs(50) + " ms");
    }

    @Test
    void refusalsCountByStatusAndKeepTheConnection() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, 100);
        server.answerAll("429 Too Many Requests\r\nRetry-After: 1");
        server.pass(run, 100);
        server.answerAll("503 Service Unavailable");
        GroupTally tally = drained(run);
        assertEquals(Map.of("429", 10L, "503 without a reason", 10L), tally.failures());
        assertEquals(10, server.connectionsEver());
    }

    @Test
    void aConnectionThatTheAnswerEndsIsNotUsedAgain() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, 100);
        server.answerAll("429 Too Many Requests\r\nRetry-After: 1\r\nconnection: close");
        assertEquals(0, server.openConnections());
        server.pass(run, 100);
        server.answerAll("200 OK");
        GroupTally tally = drained(run);
        assertEquals(Map.of("429", 10L), tally.failures());
        assertEquals(10, tally.good());
        assertEquals(20, server.connectionsEver());
    }

    @Test
    void aRequestWhoseConnectionEndsIsLost() {
        LoadRun run = start(open(100, 1_000));
        server.pass(run, 100);
        server.closeAll();
        GroupTally tally = drained(run);
        assertEquals(Map.of(GroupTally.CONNECTION_LOST, 10L), tally.failures());
    }

    @Test
    void aClosedLoopHasOneRequestOfEachClientUnderWay() {
        LoadRun run = start(new ClosedPace(4));
        server.pass(run, 3);
        for (int i = 0; i < 10; i++) {
            assertEquals(4, server.unanswered());
            server.answerAll("200 OK");
        }
        run.stop(server.monotonicNs());
        assertFalse(run.drained().isComplete());
        server.answerAll("200 OK");
        assertEquals(44, run.drained().result().good());
        assertEquals(4, server.connectionsEver());
    }

    @Test
    void fillingEndsByItselfWithTheLastKey() {
        LoadRun run = group(new ClosedPace(1)).filling();
        server.pass(run, 3);
        for (int i = 0; i < 20; i++) {
            server.answerAll("201 Created");
        }
        assertTrue(run.drained().isComplete());
        assertEquals(100, run.drained().result().goodWrites());
    }

    /** What becomes known of requests that are good or failed belongs to the second in which they were due. */
    @Test
    void theTimeLineShowsWhenTheClusterIsWellAgain() {
        LoadRun run = start(open(100, 1_000));
        for (int ms = 0; ms < 1_000; ms += 10) {
            server.pass(run, 10);
            server.answerAll("429 Too Many Requests\r\nRetry-After: 1");
        }
        for (int ms = 0; ms < 1_000; ms += 10) {
            server.pass(run, 10);
            server.answerAll("200 OK");
        }
        TimeLine timeLine = drained(run).timeLine();
        assertEquals(
                List.of(new TimeLine.Second(0, 99, 0, 99, 0), new TimeLine.Second(1, 100, 99, 1, 0)),
                timeLine.seconds().subList(0, 2));
        assertEquals(1.25, timeLine.wellAfterSeconds().getAsDouble());
    }

    private GroupTally drained(LoadRun run) {
        stopped(run);
        assertTrue(run.drained().isComplete());
        return run.drained().result();
    }

    /** The tally is there when all requests have ended, at the latest when the patience ends. */
    private GroupTally stopped(LoadRun run) {
        run.stop(server.monotonicNs());
        server.pass(run, PATIENCE_MS + 50);
        return run.drained().result();
    }

    private static OpenPace open(double perSecond, int connectionsMax) {
        return new OpenPace(perSecond, Spacing.EVEN, connectionsMax);
    }

    private LoadRun start(Pace pace) {
        return pace.match(group(pace));
    }

    private GroupStart group(Pace pace) {
        RequestPlan plan =
                new RequestPlan(RequestShape.KEY_VALUE, 0.5, 100, KeyChoice.UNIFORM, 10, 1, SharedHead.PLAIN, 1);
        LoadGroup group = new LoadGroup(
                "clients", plan, pace, new Patience(PATIENCE_MS, closes), List.of("127.0.0.1"), List.of());
        return new GroupStart(server, server, group, 0);
    }
}
