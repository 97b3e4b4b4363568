package io.quorate.coordinator.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.Request;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerClocksTest {
    private static final long OWN_MS = 1_000_000;
    private static final long SKEW_MS_MAX = 500;

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
            """)
    void theMedianAndTheCeilingFollowFromThePeersThatAreReachable(String peers, long medianMs, String ceilingMs) {
        PeerClocks clocks = new PeerClocks(new FixedClock(), peers(peers));
        assertEquals(OWN_MS + medianMs, clocks.medianMs(), peers);
        assertEquals(
                ceilingMs.equals("none") ? Long.MAX_VALUE : OWN_MS + Long.parseLong(ceilingMs),
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
        String[] stateAndSkew = text.split("(?=[+-])");
        boolean local = stateAndSkew[0].equals("local");
        return new Peer(
                local,
                local ? ReplicaClient.Reachability.UP : ReplicaClient.Reachability.valueOf(stateAndSkew[0]),
                Long.parseLong(stateAndSkew[1]));
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

    private record Peer(boolean isLocal, Reachability reachability, long skewMs) implements ReplicaClient {
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
            return new Vitals(1, skewMs, "");
        }

        @Override
        public void ask(Request request, int index, Answers answers) {
            throw new AssertionError("clocks are compared without a message");
        }
    }
}
