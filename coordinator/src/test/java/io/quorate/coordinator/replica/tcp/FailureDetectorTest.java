package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Ping;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.quorate.coordinator.replica.tcp.FailureDetector.StateChange;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each row of the tables is a story: events in order, each with the time in milliseconds at which it happens. Three
 * missed heartbeats are a silence, eighteen are hopeless, and a replica counts as returned for a second.
 */
class FailureDetectorTest {
    private static final LinkOptions OPTIONS = new LinkOptions(100, 300, 10, 1_000);

    private final SlowReplicas replicas = new SlowReplicas();
    private final ReplicaDelays delays = replicas.add(new NodeId("n2"), false);
    private final ReplicaDelays best = replicas.add(new NodeId("n3"), false);
    private final FailureDetector detector = new FailureDetector(OPTIONS, delays);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # events                                                                        | at ms | verdict
            ''                                                                              |     0 | DOWN
            connected                                                                       |     0 | DOWN
            disconnected                                                                    |     0 | DOWN
            connected welcomed@0                                                            |     0 | UP
            connected welcomed@0                                                            | 99999 | UP
            connected welcomed@0 disconnected                                               |     1 | DOWN
            # slow: as its delays say, unless it is silent or down
            connected welcomed@0 slow                                                       |    50 | SLOW
            connected welcomed@0 slow well                                                  |    50 | UP
            connected welcomed@0 slow beat@100 beat@200 beat@300                            |   300 | SILENT
            connected slow                                                                  |    50 | DOWN
            # late answers end a silence, and leave it slow; it counts as returned when it is well
            connected welcomed@0 slow beat@100 beat@200 beat@300 heard@350 beat@400         |   400 | SLOW
            connected welcomed@0 slow beat@100 beat@200 beat@300 heard@350 beat@400 well    |  1399 | RETURNED
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350 beat@400 slow beat@500 heard@550 beat@1390 well | 2389 | RETURNED
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350 beat@400 slow beat@500 heard@550 beat@1390 well | 2390 | UP
            # silent: three heartbeats in a row were missed
            connected welcomed@0 beat@100 beat@200                                          |   200 | UP
            connected welcomed@0 beat@100 beat@200 beat@300                                 |   300 | SILENT
            connected welcomed@0 beat@100 beat@200 heard@250 beat@300                       |   300 | UP
            connected welcomed@0 beat@100 beat@200 heard@250 beat@300 beat@400 beat@500     |   500 | UP
            connected welcomed@0 heard@1 beat@100 beat@200 beat@300 beat@400                |   400 | SILENT
            connected welcomed@0 beat@100 beat@200 beat@300 slow                            |   350 | SILENT
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350                       |   399 | SILENT
            # a pause of this process delays its heartbeats, so it counts as one missed heartbeat
            connected welcomed@0 beat@60000                                                 | 60000 | UP
            # returned: it answers again after a silence, or its connection is not the first
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350 beat@400              |   400 | RETURNED
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350 beat@400              |  1399 | RETURNED
            connected welcomed@0 beat@100 beat@200 beat@300 heard@350 beat@400              |  1400 | UP
            connected welcomed@0 disconnected connected welcomed@500                        |   500 | RETURNED
            connected welcomed@0 disconnected connected welcomed@500                        |  1500 | UP
            connected welcomed@0 disconnected connected                                     |   500 | DOWN
            connected disconnected connected welcomed@500                                   |   500 | UP
            connected welcomed@0 disconnected connected welcomed@500 slow                   |   631 | SLOW
            # what was missed does not outlive a connection, nor the handshake
            connected welcomed@0 disconnected connected welcomed@2000                       |  2999 | RETURNED
            connected welcomed@0 disconnected connected welcomed@2000                       |  3000 | UP
            connected beat@1 beat@2 beat@3 beat@4 welcomed@5                                |     5 | UP
            connected welcomed@0 beat@1 beat@2 beat@3 disconnected connected welcomed@4     |     4 | RETURNED
            """)
    void theVerdictFollowsFromTheEvents(String events, long atMs, Reachability verdict) {
        happens(events);
        assertEquals(verdict, detector.reachability(ns(atMs)), events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # events before                                             | change by the next heartbeat
            ''                                                          | NONE
            connected welcomed@0                                        | NONE
            connected welcomed@0 beat@1 beat@2                          | FELL_SILENT
            connected welcomed@0 beat@1 beat@2 heard@2                  | NONE
            connected welcomed@0 beat@1 beat@2 beat@3                   | NONE
            connected welcomed@0 beat@1 beat@2 beat@3 heard@4           | ANSWERS_AGAIN
            connected welcomed@0 beat@1 beat@2 beat@3 heard@4 beat@5    | NONE
            connected beat@1 beat@2                                     | FELL_SILENT
            connected welcomed@0 beat@1 beat@2 disconnected             | NONE
            """)
    void aHeartbeatSaysHowTheVerdictChanged(String events, StateChange change) {
        happens(events);
        assertEquals(change, detector.heartbeat(ns(9)), events);
    }

    @ParameterizedTest
    @CsvSource({
        "connected,17,false",
        "connected,18,true",
        "connected welcomed@0,17,false",
        "connected welcomed@0,18,true"
    })
    void aLongSilenceIsHopelessAlsoDuringTheHandshake(String events, int heartbeats, boolean hopeless) {
        happens(events + " beat@1".repeat(heartbeats));
        assertEquals(hopeless, detector.isHopeless());
        assertEquals(heartbeats, detector.heartbeatsMissed());
    }

    @Test
    void aNewConnectionStartsWithHope() {
        happens("connected welcomed@0" + " beat@1".repeat(18) + " disconnected");
        assertEquals(false, detector.isHopeless());
    }

    private void happens(String events) {
        for (String event : events.strip().split(" ")) {
            String[] nameAndMs = event.split("@");
            happens(nameAndMs[0], nameAndMs.length == 1 ? 0 : ns(Long.parseLong(nameAndMs[1])));
        }
    }

    private void happens(String event, long nowNs) {
        switch (event) {
            case "" -> {}
            case "connected" -> detector.connected();
            case "welcomed" -> detector.welcomed(nowNs);
            case "disconnected" -> detector.disconnected();
            case "heard" -> detector.heard();
            case "slow" -> becomeSlow();
            case "well" -> delays.disconnected();
            case "beat" -> detector.heartbeat(nowNs);
            default -> throw new IllegalArgumentException(event);
        }
    }

    /** Its last answers took a second, and those of another replica took no time. */
    private void becomeSlow() {
        for (int i = 0; i < 10; i++) {
            delays.answered(delays.asked(new Ping(), 0).orElseThrow(), ns(1_000));
            best.answered(best.asked(new Ping(), 0).orElseThrow(), 0);
        }
        replicas.tick(ns(1_000));
        replicas.tick(ns(1_000 + SlowReplicas.TICK_MS));
        assertTrue(delays.isSlow());
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
