package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterMembersTest {
    private final VirtualTime time = new VirtualTime();
    private final List<MemoryReplica> replicas = Stream.of("n1", "n2", "n3")
            .map(name -> new MemoryReplica(new NodeId(name), time, new Random(1)))
            .toList();
    private final Placement placement =
            new Placement(replicas.stream().map(MemoryReplica::id).toList());
    private final ClusterMembers members = new ClusterMembers(placement, replicas);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # n1             | n2             | n3             | quorum
            UP VOTING        | UP VOTING      | UP VOTING      | true
            UP VOTING        | RETURNED VOTING| DOWN VOTING    | true
            UP VOTING        | SLOW VOTING    | DOWN VOTING    | true
            UP VOTING        | SILENT VOTING  | DOWN VOTING    | false
            UP VOTING        | UP FILLING     | UP VOTING      | true
            UP VOTING        | UP FILLING     | UP DAMAGED     | false
            UP VOTING        | UP FILLING     | DOWN VOTING    | false
            """)
    void aQuorumNeedsAMajorityThatIsReachableAndVotes(String first, String second, String third, boolean quorum) {
        is(replicas.get(0), first);
        is(replicas.get(1), second);
        is(replicas.get(2), third);
        assertEquals(quorum, members.hasQuorum());
    }

    @Test
    void everyMemberHoldsEveryKeyInTheOrderOfThePlacement() {
        assertEquals(List.copyOf(replicas), members.all());
        assertSame(members.all(), members.holdersOf(Key.of("k")));
    }

    @Test
    void aMemberWithoutAReplicaIsAMistake() {
        List<MemoryReplica> tooFew = replicas.subList(0, 2);
        assertThrows(IllegalArgumentException.class, () -> new ClusterMembers(placement, tooFew));
    }

    private static void is(MemoryReplica replica, String state) {
        String[] reachabilityAndVote = state.split(" ");
        replica.reachability = Reachability.valueOf(reachabilityAndVote[0]);
        replica.votingStatus = VotingStatus.valueOf(reachabilityAndVote[1]);
    }
}
