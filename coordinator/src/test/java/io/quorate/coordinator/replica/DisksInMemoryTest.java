package io.quorate.coordinator.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisksInMemoryTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final DiskId EMPTY = new DiskId(0xe);
    private static final MemberDisks ALL =
            MemberDisks.NONE.with(N1, new DiskId(1)).with(N2, new DiskId(2)).with(N3, new DiskId(3));

    private final DisksInMemory disks = new DisksInMemory(3);
    private final Map<NodeId, Optional<String>> verdicts = new LinkedHashMap<>();

    private void meet(NodeId replica, DiskId disk, Optional<MemberDisks> agreed) {
        disks.met(replica, disk, agreed, verdict -> verdicts.put(replica, verdict));
    }

    @Test
    void noReplicaIsAcceptedBeforeAMajorityAnswers() {
        meet(N1, new DiskId(1), Optional.empty());
        meet(N1, new DiskId(1), Optional.empty());
        assertEquals(Map.of(), verdicts);
        meet(N2, new DiskId(2), Optional.empty());
        assertEquals(Map.of(N1, Optional.empty(), N2, Optional.empty()), verdicts);
        meet(N3, new DiskId(3), Optional.empty());
        assertEquals(Optional.empty(), verdicts.get(N3));
    }

    @Test
    void anEmptyDiskThatAnswersFirstIsRefusedAsSoonAsAMemberNamesTheRightOne() {
        meet(N3, EMPTY, Optional.empty());
        meet(N2, new DiskId(2), Optional.of(ALL));
        assertTrue(verdicts.get(N3)
                .orElseThrow()
                .startsWith("came back with another disk, 000000000000000e instead of 0000000000000003"));
        assertEquals(Optional.empty(), verdicts.get(N2));
        meet(N3, new DiskId(3), Optional.of(ALL));
        assertEquals(Optional.empty(), verdicts.get(N3));
    }

    @Test
    void aDiskThatWasAcceptedStaysTheOnlyOneUnderItsName() {
        meet(N1, new DiskId(1), Optional.empty());
        meet(N2, new DiskId(2), Optional.empty());
        meet(N2, EMPTY, Optional.empty());
        assertTrue(verdicts.get(N2).isPresent());
        meet(N2, new DiskId(2), Optional.empty());
        assertEquals(Optional.empty(), verdicts.get(N2));
    }

    /** It counted one of them, so it must not count the other. A new process begins with the agreement. */
    @Test
    void ifTheMembersAgreeOnAnotherDiskThanTheOneThatWasCountedNeitherIsAccepted() {
        meet(N1, new DiskId(1), Optional.empty());
        meet(N3, EMPTY, Optional.empty());
        assertEquals(Optional.empty(), verdicts.get(N3));
        meet(N2, new DiskId(2), Optional.of(ALL));
        meet(N3, EMPTY, Optional.empty());
        assertTrue(verdicts.get(N3).isPresent());
        meet(N3, new DiskId(3), Optional.of(ALL));
        assertTrue(verdicts.get(N3).isPresent());
        assertEquals(Optional.empty(), verdicts.get(N2));
    }

    @Test
    void whatWaitsIsBounded() {
        for (int i = 0; i < 1_023; i++) {
            meet(N1, new DiskId(1), Optional.empty());
        }
        assertEquals(Map.of(), verdicts);
        meet(N1, new DiskId(1), Optional.empty());
        assertEquals(Optional.of("waits until a majority of the members answers"), verdicts.get(N1));
    }
}
