package io.quorate.coordinator.replica;

import io.quorate.common.link.OtherDisk;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The memory of disks in a process without a disk of its own. It begins with nothing, so it might meet an empty disk
 * first. Therefore it accepts no replica before a majority has answered, or before a replica has named the disks that
 * all members agreed on. If the cluster is founded, any majority contains such a replica, unless a majority of disks
 * was replaced.
 *
 * <p>Limit: with a majority that answered before the founding, it never learns of the founding. A member that it meets
 * for the first time later may then come with an empty disk, and counts (I16).
 */
public final class DisksInMemory implements PeerDisks {
    /** Connections that were dialled again still wait. With so many, all are refused and dialled again. */
    private static final int WAITING_MAX = 1_024;

    private final int majority;

    // Under the lock.
    private final Map<NodeId, DiskId> known = new HashMap<>();
    private final Set<NodeId> answered = new HashSet<>();
    private Optional<MemberDisks> agreedByMembers = Optional.empty();
    private List<Meeting> waiting = new ArrayList<>();

    private record Meeting(NodeId replica, DiskId disk, Consumer<Optional<String>> verdict) {}

    /** @param members how many the cluster has */
    public DisksInMemory(int members) {
        this.majority = members / 2 + 1;
    }

    @Override
    public void met(NodeId replica, DiskId disk, Optional<MemberDisks> agreed, Consumer<Optional<String>> verdict) {
        judgeAll(add(new Meeting(replica, disk, verdict), agreed));
    }

    /** The meetings that can be judged now. */
    private synchronized List<Meeting> add(Meeting meeting, Optional<MemberDisks> agreed) {
        agreedByMembers = agreedByMembers.or(() -> agreed);
        answered.add(meeting.replica());
        waiting.add(meeting);
        if (agreedByMembers.isEmpty() && answered.size() < majority && waiting.size() < WAITING_MAX) {
            return List.of();
        }
        List<Meeting> due = waiting;
        waiting = new ArrayList<>();
        return due;
    }

    private void judgeAll(List<Meeting> due) {
        due.forEach(meeting -> meeting.verdict().accept(judge(meeting)));
    }

    private synchronized Optional<String> judge(Meeting meeting) {
        if (agreedByMembers.isEmpty() && answered.size() < majority) {
            return Optional.of("waits until a majority of the members answers");
        }
        DiskId met = known.computeIfAbsent(
                meeting.replica(), name -> agreedDisk(name).orElse(meeting.disk()));
        // Before the members agreed, this process may have counted a disk that is not the one of the agreement.
        return Stream.of(met, agreedDisk(meeting.replica()).orElse(met))
                .filter(disk -> !disk.equals(meeting.disk()))
                .findFirst()
                .map(disk -> new OtherDisk(meeting.replica(), disk, meeting.disk()).withoutName());
    }

    private Optional<DiskId> agreedDisk(NodeId member) {
        return agreedByMembers.flatMap(disks -> disks.diskOf(member));
    }
}
