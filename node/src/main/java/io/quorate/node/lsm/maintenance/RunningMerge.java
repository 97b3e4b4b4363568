package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.PlacedTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A plan that is being carried out, in one slice or several. Each slice goes on by itself. A move has no slices.
 *
 * <pre>
 *           there is too little space, or no file descriptor
 * RUNNING ------------------------------------------------------> HELD_UP    outputs are deleted, tried again later
 *   | |     all slices are complete, and the edit is durable
 *   | +---------------------------------------------------------> INSTALLED  outputs have replaced the inputs
 *   |       the store closes or fails
 *   +-----------------------------------------------------------> GIVEN_UP   outputs are deleted, at the latest by the
 *                                                                            next start
 * </pre>
 *
 * Safe for use by several threads.
 */
final class RunningMerge {
    final CompactionPlan plan;
    final List<PlacedTable> inputs;
    final List<TableMerge> slices;
    private final AtomicInteger slicesLeft;
    private final AtomicReference<MergeState> state = new AtomicReference<>(MergeState.RUNNING);
    private volatile Optional<ShortageException> shortage = Optional.empty();

    /** How far the merge is. The last three states are final. */
    enum MergeState {
        RUNNING,
        HELD_UP,
        INSTALLED,
        GIVEN_UP
    }

    /**
     * @param inputs the tables of the plan. The live view keeps them open, since only this merge may take them out of
     *     it
     */
    RunningMerge(CompactionPlan plan, List<PlacedTable> inputs, List<TableMerge> slices) {
        this.plan = plan;
        this.inputs = inputs;
        this.slices = slices;
        this.slicesLeft = new AtomicInteger(slices.size());
    }

    MergeState state() {
        return state.get();
    }

    /** There is too little space to begin. */
    void holdUp() {
        state.compareAndSet(MergeState.RUNNING, MergeState.HELD_UP);
    }

    /** A slice or the edit met a shortage. The other slices end at their next step. */
    void holdUp(ShortageException met) {
        shortage = Optional.of(met);
        holdUp();
    }

    /** What held it up, if a call showed it. */
    Optional<ShortageException> shortage() {
        return shortage;
    }

    void installed() {
        if (!state.compareAndSet(MergeState.RUNNING, MergeState.INSTALLED)) {
            throw new IllegalStateException("a merge was installed although it is " + state());
        }
    }

    /** The merge ends without its result, unless it has ended already. */
    void giveUp() {
        state.compareAndSet(MergeState.RUNNING, MergeState.GIVEN_UP);
    }

    /** Another slice has ended. True if it was the last one. */
    boolean endSlice() {
        return slicesLeft.decrementAndGet() == 0;
    }

    /** Whether the outputs have everything that the inputs have. */
    boolean isComplete() {
        return slices.stream().allMatch(TableMerge::isComplete);
    }

    /** How much the merge may write at most. */
    long bytesToWrite() {
        return plan.isMove() ? 0 : plan.bytes();
    }

    /** Which part of the work is done, from 0 to 1. Where inputs have the same keys it is less than it could be. */
    double shareDone() {
        long keys = slices.stream().mapToLong(TableMerge::keysDone).sum();
        return (double) keys / Math.max(1, plan.entries());
    }

    Set<Long> inputNumbers() {
        return plan.inputs().stream().map(TableDescription::number).collect(Collectors.toUnmodifiableSet());
    }

    List<TableFile> outputs() {
        return slices.stream().flatMap(slice -> slice.outputs().stream()).toList();
    }
}
