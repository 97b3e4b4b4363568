package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.PlacedTable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A plan that is being carried out, in one slice or several, each of which goes on by itself; none for a move. */
final class RunningMerge {
    final CompactionPlan plan;
    final List<PlacedTable> inputs;
    final List<TableMerge> slices;
    private final AtomicInteger slicesLeft;
    private volatile boolean foundNoRoom;

    /** @param inputs the plan's; the live view keeps them open, since nothing else may take them out of it */
    RunningMerge(CompactionPlan plan, List<PlacedTable> inputs, List<TableMerge> slices) {
        this.plan = plan;
        this.inputs = inputs;
        this.slices = slices;
        this.slicesLeft = new AtomicInteger(slices.size());
    }

    /** Another slice is over; true if it was the last one. */
    boolean endSlice() {
        return slicesLeft.decrementAndGet() == 0;
    }

    /** A write found no room: the other slices are to end, too. */
    void noteNoRoom() {
        foundNoRoom = true;
    }

    boolean foundNoRoom() {
        return foundNoRoom;
    }

    /** Whether all that the inputs hold is in the outputs. */
    boolean isComplete() {
        return slices.stream().allMatch(TableMerge::isComplete);
    }

    Set<Long> inputNumbers() {
        return plan.inputs().stream().map(TableDescription::number).collect(Collectors.toUnmodifiableSet());
    }

    List<TableFile> outputs() {
        return slices.stream().flatMap(slice -> slice.outputs().stream()).toList();
    }
}
