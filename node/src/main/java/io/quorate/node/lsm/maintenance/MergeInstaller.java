package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the result of a merge in the place of its inputs, on a compaction thread. One edit of the manifest does it for
 * the whole plan. The inputs stay until that edit is durable. If it is not made, the outputs are deleted, and nothing
 * has changed.
 */
final class MergeInstaller {
    private final Manifest manifest;
    private final LiveView live;
    private final TableFiles files;
    private final StoreCounters counters;

    MergeInstaller(OpenStore store) {
        this.manifest = store.recovered().manifest();
        this.files = store.recovered().files();
        this.live = store.live();
        this.counters = store.counters();
    }

    /** Ends a merge whose slices have all ended. Afterwards its state is final. */
    void finish(RunningMerge merge) throws IOException {
        if (merge.isComplete() && tryInstall(merge)) {
            merge.installed();
        } else {
            merge.giveUp();
            deleteOutputs(merge);
        }
    }

    private boolean tryInstall(RunningMerge merge) throws IOException {
        return merge.plan.isMove() ? move(merge) : replaceInputs(merge);
    }

    private void deleteOutputs(RunningMerge merge) throws IOException {
        for (TableFile output : merge.outputs()) {
            files.delete(output.number());
        }
    }

    private boolean move(RunningMerge merge) throws IOException {
        PlacedTable moved = PlacedTable.of(merge.inputs.get(0).table(), merge.plan.toLevel());
        if (!record(merge, List.of(moved))) {
            return false;
        }
        live.update(view -> view.compacted(merge.inputNumbers(), List.of(moved)));
        moved.table().moved(moved.level());
        counters.trivialMoves.incrementAndGet();
        return true;
    }

    private boolean replaceInputs(RunningMerge merge) throws IOException {
        List<PlacedTable> outputs = new ArrayList<>();
        boolean recorded = openOutputs(merge, outputs) && record(merge, outputs);
        if (recorded) {
            live.update(view -> view.compacted(merge.inputNumbers(), outputs));
            count(merge);
        }
        for (PlacedTable output : outputs) {
            output.table().release();
        }
        if (recorded) {
            for (long input : merge.inputNumbers()) {
                files.delete(input);
            }
        }
        return recorded;
    }

    /** False if a shortage kept one from being opened. Those before it are open. */
    private boolean openOutputs(RunningMerge merge, List<PlacedTable> opened) throws IOException {
        try {
            for (TableFile file : merge.outputs()) {
                opened.add(PlacedTable.of(files.open(file, merge.plan.toLevel()), merge.plan.toLevel()));
            }
            return true;
        } catch (ShortageException e) {
            merge.holdUp(e);
            return false;
        }
    }

    /** False if the edit found no space. Then it was not made. */
    private boolean record(RunningMerge merge, List<PlacedTable> outputs) throws IOException {
        try {
            manifest.compacted(
                    List.copyOf(merge.inputNumbers()),
                    outputs.stream().map(PlacedTable::file).toList());
            return true;
        } catch (ShortageException e) {
            merge.holdUp(e);
            return false;
        }
    }

    private void count(RunningMerge merge) {
        counters.merges.incrementAndGet();
        for (TableFile file : merge.outputs()) {
            counters.compactedBytes.addAndGet(merge.plan.toLevel(), file.bytes());
        }
    }
}
