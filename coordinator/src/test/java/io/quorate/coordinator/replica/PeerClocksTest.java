package io.quorate.coordinator.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerClocksTest {
    private static final long OWN_MS = 1_000_000;
    private static final long SKEW_MS_MAX = 500;
    private static final long PASSED_MS = 250;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # peers, each with the milliseconds that its clock is ahead | median | ceiling
            ''                                                          |      0 | none
            local+0                                                     |      0 | none
            UP+80                                                       |      0 | 580
            UP-80                                                       |    -80 | 420
            local+0 UP+80 UP+90                                         |     80 | 590
            local+0 UP+80 UP-9000                                       |      0 | 580
            local+0 UP+9000 UP+80                                       |     80 | 9500
            local+0 UP-70 UP-9000                                       |    -70 | 430
            # a peer that is not reachable may have a clock of long ago
            local+0 UP+80 DOWN+90                                       |      0 | 580
            local+0 UP-80 SILENT+90                                     |    -80 | 420
            local+0 DOWN+80 DOWN+90                                     |      0 | none
            local+0 SLOW+80 RETURNED+90                                 |     80 | 590
            local+0 UP+10 UP+20 UP+30 UP+40                             |     20 | 540
            # a peer that never reported its time does not count as agreeing with ours
            local+0 UP? UP?                                             |      0 | none
            local+0 UP? UP-80                                           |    -80 | 420
            local+0 UP? UP+80 UP+90                                     |     80 | 590
            """)
    void theMedianAndTheCeilingFollowFromThePeersThatAreReachable(String peers, long medianMs, String ceilingMs) {
        PeerClocks clocks = new PeerClocks(new FixedClock(), peers(peers));
        assertEquals(OWN_MS + medianMs, clocks.medianMs(), peers);
        assertEquals(
                ceilingMs.equals("none") ? Long.MAX_VALUE : OWN_MS + Long.parseLong(ceilingMs),
                clocks.ceilingMs(SKEW_MS_MAX),
                peers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # milliseconds by which our clock jumped since the peers reported | peers | median | ceiling
             3600000 | local+0 UP+80 UP+90 |     90 |     590
            -3600000 | local+0 UP+80 UP+90 |     80 |     590
             3600000 | local+0 UP+80       |     80 |     580
             3600000 | local+0 UP-80 DOWN+0|    -80 |     420
               -3600 | local+0 UP+80       |  -3600 |     580
                1000 | local+0 UP? UP?     |   1000 | none
            """)
    void aJumpOfOurClockDoesNotMoveThePeersClocks(long jumpMs, String peers, long medianMs, String ceilingMs) {
        PeerClocks clocks = new PeerClocks(new JumpedClock(jumpMs), peers(peers));
        assertEquals(OWN_MS + PASSED_MS + medianMs, clocks.medianMs(), peers);
        assertEquals(
                ceilingMs.equals("none") ? Long.MAX_VALUE : OWN_MS + PASSED_MS + Long.parseLong(ceilingMs),
                clocks.ceilingMs(SKEW_MS_MAX),
                peers);
    }

    private static List<Peer> peers(String text) {
        return Arrays.stream(text.split(" "))
                .filter(each -> !each.isEmpty())
                .map(PeerClocksTest::peer)
                .toList();
    }

    private static Peer peer(String text) {
        String[] stateAndSkew = text.split("(?=[+?-])");
        boolean local = stateAndSkew[0].equals("local");
        return new Peer(
                local,
                local ? ReplicaClient.Reachability.UP : ReplicaClient.Reachability.valueOf(stateAndSkew[0]),
                stateAndSkew[1].equals("?")
                        ? Optional.empty()
                        : Optional.of(new ClockReading(OWN_MS + Long.parseLong(stateAndSkew[1]), 0)));
    }

    private static final class FixedClock implements Clock {
        @Override
        public long wallMs() {
            return OWN_MS;
        }

        @Override
        public long monotonicNs() {
            return 0;
        }
    }

    /** Our clocks some time after the peers reported. */
    private record JumpedClock(long jumpMs) implements Clock {
        @Override
        public long wallMs() {
            return OWN_MS + PASSED_MS + jumpMs;
        }

        @Override
        public long monotonicNs() {
            return TimeUnit.MILLISECONDS.toNanos(PASSED_MS);
        }
    }

    private record Peer(boolean isLocal, Reachability reachability, Optional<ClockReading> clock)
            implements ReplicaClient {
        @Override
        public NodeId id() {
            return new NodeId("peer");
        }

        @Override
        public VotingStatus votingStatus() {
            return VotingStatus.VOTING;
        }

        @Override
        public long usualDelayMs() {
            return 1;
        }

        @Override
        public Vitals vitals() {
            return new Vitals(1, clock, "");
        }

        @Override
        public void ask(Request request, long patienceMs, int index, Answers answers) {
            throw new AssertionError("clocks are compared without a message");
        }
    }
}
