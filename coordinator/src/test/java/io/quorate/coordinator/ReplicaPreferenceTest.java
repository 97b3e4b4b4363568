package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.coordinator.ReplicaPreference.Rank;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPreferenceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # ranks of replicas 0, 1, ...     | three orders in a row
            REMOTE                            | 0; 0; 0
            LAST                              | 0; 0; 0
            LOCAL REMOTE REMOTE               | 0 1 2; 0 2 1; 0 1 2
            REMOTE LOCAL REMOTE               | 1 2 0; 1 2 0; 1 0 2
            REMOTE REMOTE REMOTE              | 1 2 0; 2 0 1; 0 1 2
            LATE REMOTE REMOTE                | 1 2 0; 2 1 0; 1 2 0
            LAST LATE REMOTE                  | 2 1 0; 2 1 0
            LOCAL LATE REMOTE                 | 0 2 1; 0 2 1; 0 2 1
            LOCAL LATE LATE                   | 0 1 2; 0 2 1; 0 1 2
            LOCAL LAST REMOTE                 | 0 2 1; 0 2 1; 0 2 1
            LOCAL LAST LAST                   | 0 1 2; 0 2 1; 0 1 2
            LAST REMOTE REMOTE                | 1 2 0; 2 1 0; 1 2 0
            LAST LAST LAST                    | 1 2 0; 2 0 1; 0 1 2
            LOCAL REMOTE REMOTE REMOTE LAST   | 0 1 2 3 4; 0 2 3 1 4; 0 3 1 2 4
            """)
    void replicasComeByRankAndInTurnWithinARank(String ranks, String orders) {
        Rank[] ofReplicas = Arrays.stream(ranks.split(" ")).map(Rank::valueOf).toArray(Rank[]::new);
        ReplicaPreference preference = new ReplicaPreference(0);
        for (String order : orders.split("; ")) {
            assertEquals(order, text(preference.next(ofReplicas)), ranks);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # voting status | local | reachability | overdue | rank
            VOTING          | true  | UP           | false   | LOCAL
            VOTING          | true  | SLOW         | false   | LATE
            VOTING          | true  | UP           | true    | LATE
            VOTING          | false | UP           | false   | REMOTE
            VOTING          | false | UP           | true    | LATE
            VOTING          | false | RETURNED     | false   | REMOTE
            VOTING          | false | RETURNED     | true    | LATE
            VOTING          | false | SLOW         | false   | LATE
            VOTING          | false | SILENT       | false   | REMOTE
            VOTING          | false | DOWN         | false   | REMOTE
            FILLING         | true  | UP           | false   | LAST
            FILLING         | false | UP           | true    | LAST
            DAMAGED         | true  | UP           | false   | LAST
            DAMAGED         | false | SLOW         | true    | LAST
            """)
    void aRankFollowsFromVoteAndPlaceAndDelay(
            VotingStatus votingStatus, boolean local, Reachability reachability, boolean overdue, Rank rank) {
        MemoryReplica replica = new MemoryReplica(new NodeId("n1"), new VirtualTime(), new Random(1));
        replica.votingStatus = votingStatus;
        replica.isLocal = local;
        replica.reachability = reachability;
        replica.overdue = overdue;
        assertEquals(rank, Rank.of(replica));
    }

    @Test
    void aReplicaWhoseReachabilityChangesMeanwhileIsStillPreferredOnce() {
        VirtualTime time = new VirtualTime();
        Random random = new Random(1);
        List<MemoryReplica> replicas = List.of(
                new MemoryReplica(new NodeId("n1"), time, random), new MemoryReplica(new NodeId("n2"), time, random));
        replicas.forEach(replica -> replica.flickers = true);
        int[] order = new ReplicaPreference(0).next(List.copyOf(replicas));
        Arrays.sort(order);
        assertEquals("0 1", text(order));
    }

    @Test
    void coordinatorsThatStartAtDifferentPlacesPreferDifferentReplicas() {
        assertEquals("1 2 0", text(new ReplicaPreference(0).next(Rank.REMOTE, Rank.REMOTE, Rank.REMOTE)));
        assertEquals("2 0 1", text(new ReplicaPreference(1).next(Rank.REMOTE, Rank.REMOTE, Rank.REMOTE)));
        assertEquals("1 2 0", text(new ReplicaPreference(6).next(Rank.REMOTE, Rank.REMOTE, Rank.REMOTE)));
    }

    private static String text(int[] order) {
        return Arrays.stream(order).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
