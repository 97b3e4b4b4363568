package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.convergence.antientropy.RepairPlan.KeyRepair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepairPlanTest {
    private static final Key KEY = Key.of("key");
    private static final Version OLD = new Version(1, 0, 0, 0);
    private static final Version NEW = new Version(2, 0, 0, 0);
    private static final Named N1 = new Named(new NodeId("n1"));
    private static final Named N2 = new Named(new NodeId("n2"));
    private static final Named N3 = new Named(new NodeId("n3"));

    /** A plan only asks who it is. */
    private record Named(NodeId id) implements VotingMember {

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            throw new AssertionError("a plan asks nothing");
        }
    }

    @Test
    void theNewestRecordGoesToThoseThatHaveAnOlderOneOrNone() {
        RepairPlan plan = plan(List.of(entry(OLD)), List.of(entry(NEW)), List.of());
        assertEquals(List.of(new KeyRepair(KEY, NEW, List.of(N2), List.of(N1, N3))), plan.repairs());
        assertTrue(plan.openKeys().isEmpty());
    }

    @Test
    void equalReplicasNeedNothing() {
        assertEquals(
                List.of(),
                plan(List.of(entry(NEW)), List.of(entry(NEW)), List.of(entry(NEW)))
                        .repairs());
    }

    @Test
    void aKeyWithAProposalIsOpenAndItsSlotUnfinished() {
        ListedEntry proposed = new ListedEntry(KEY, Version.ZERO, true, true, false);
        RepairPlan plan = plan(List.of(proposed), List.of(), List.of());
        assertEquals(List.of(KEY), plan.openKeys());
        assertEquals(SlotSet.of(IntStream.of(Slots.of(KEY))), plan.unfinished());
        assertEquals(List.of(), plan.repairs());
    }

    @Test
    void anExpiredValueIsOpenAndNoObstacle() {
        ListedEntry expired = new ListedEntry(KEY, NEW, false, false, true);
        RepairPlan plan = plan(List.of(expired), List.of(expired), List.of(expired));
        assertEquals(List.of(KEY), plan.openKeys());
        assertTrue(plan.unfinished().isEmpty());
    }

    @Test
    void oneVersionWithTwoContentsIsAContradiction() {
        ListedEntry deleted = new ListedEntry(KEY, NEW, true, false, false);
        RepairPlan plan = plan(List.of(entry(NEW)), List.of(deleted), List.of(entry(NEW)));
        assertEquals(SlotSet.of(IntStream.of(Slots.of(KEY))), plan.contradictory());
    }

    private static ListedEntry entry(Version version) {
        return new ListedEntry(KEY, version, false, false, false);
    }

    private static RepairPlan plan(List<ListedEntry> first, List<ListedEntry> second, List<ListedEntry> third) {
        Map<PassPeer, List<ListedEntry>> lists = new LinkedHashMap<>();
        lists.put(N1, first);
        lists.put(N2, second);
        lists.put(N3, third);
        return RepairPlan.of(lists);
    }
}
