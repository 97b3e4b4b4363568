package io.quorate.node.lsm.compaction;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running slice of a merge. It writes the newest record of each key to new tables, in steps. Tombstones stay, since
 * any replica may still need them, until they are forgotten. {@link MergeRules} say what is dropped. For one thread at
 * a time.
 */
public final class TableMerge {
    /** The cost of an entry besides its bytes. It makes a step end in time if entries are small. */
    private static final int ENTRY_BYTES = 64;

    private final int stepBytesMax;
    private final EncodedMerge merged;
    private final OutputSplit split;
    private final MergeRules rules;
    private final NewTables newTables;
    private final EncodedEntry changed = new EncodedEntry();
    private final List<TableFile> finished = new ArrayList<>();
    private Optional<TableWriter> writer = Optional.empty();
    private long stepBytes;
    private volatile long keysDone;
    private boolean complete;
    private boolean abandoned;

    private TableMerge(
            int stepBytesMax, List<EncodedCursor> sources, OutputSplit split, MergeRules rules, NewTables newTables) {
        this.stepBytesMax = stepBytesMax;
        this.merged = new EncodedMerge(sources);
        this.split = split;
        this.rules = rules;
        this.newTables = newTables;
    }

    /** Gives the merge a writer for each output, with a number and a format. */
    public interface NewTables {
        TableWriter create() throws IOException;
    }

    /**
     * The slices that together carry out a plan, over disjoint ranges of keys.
     *
     * @param inputs the tables of the plan. They stay open until the slices are over
     * @param below the tables of the level below the plan's target
     */
    public static List<TableMerge> of(
            CompactionPlan plan,
            List<Table> inputs,
            List<TableDescription> below,
            CompactionOptions options,
            MergeRules rules,
            NewTables newTables) {
        List<SortedRun> runs = SortedRun.of(inputs);
        List<TableMerge> merges = new ArrayList<>();
        for (KeyRange slice : MergeSlices.of(plan, options.merges().slicesMax(), options.tableBytes())) {
            // A table of level 0 stays one sorted run. The strategy merges only small ones there.
            long bytesMax = plan.toLevel() == 0 ? Long.MAX_VALUE : options.tableBytes();
            OutputSplit split = new OutputSplit(bytesMax, options.tableEntries(), below);
            List<EncodedCursor> sources = runs.stream()
                    .flatMap(run -> run.cursorPastCache(slice).stream())
                    .toList();
            merges.add(new TableMerge(options.merges().stepBytes(), sources, split, rules, newTables));
        }
        return merges;
    }

    /** Works through some of the entries. */
    public void step() throws IOException {
        stepBytes = 0;
        long keys = 0;
        while (!isDone() && stepBytes < stepBytesMax) {
            if (merged.advance()) {
                stepBytes += add(merged.entry());
                keys++;
            } else {
                endTable();
                complete = true;
            }
        }
        keysDone += keys;
    }

    /** How many keys it has worked through. Any thread may ask. */
    public long keysDone() {
        return keysDone;
    }

    /** How many bytes of entries the last step worked through. */
    public long stepBytes() {
        return stepBytes;
    }

    /** Nearly all entries go on as they are stored. */
    private int add(EncodedEntry entry) throws IOException {
        int bytes = ENTRY_BYTES + entry.keyBytes() + entry.head().valueBytes();
        if (entry.head().isForgotten()) {
            writeIfNeeded(entry);
        } else if (rules.expired().concerns(entry.head())) {
            writeRest(entry);
        } else {
            write(entry);
        }
        return bytes;
    }

    private void writeIfNeeded(EncodedEntry forgotten) throws IOException {
        if (rules.elsewhere().mayExist(forgotten.key(), forgotten.head().version())) {
            write(forgotten);
        }
    }

    private void writeRest(EncodedEntry entry) throws IOException {
        Optional<Record> rest = rules.expired().rest(entry.key(), entry.record());
        if (rest.isPresent()) {
            BytesWriter encoded = new BytesWriter(256);
            RecordCodec.writeStoredRecord(encoded, rest.get());
            changed.setKey(entry.keyArray(), entry.keyBytes());
            changed.setRecord(encoded.array(), 0, encoded.length());
            write(changed);
        }
    }

    private void write(EncodedEntry entry) throws IOException {
        long bytes = writer.map(TableWriter::bytes).orElse(0L);
        long entries = writer.map(TableWriter::entries).orElse(0L);
        if (split.isBefore(entry, bytes, entries)) {
            endTable();
        }
        if (writer.isEmpty()) {
            writer = Optional.of(newTables.create());
        }
        writer.get().add(entry);
    }

    private void endTable() throws IOException {
        if (writer.isPresent()) {
            finished.add(writer.get().finish());
            writer = Optional.empty();
        }
    }

    /** Whether there is nothing left to do. */
    public boolean isDone() {
        return complete || abandoned;
    }

    /** Whether all of the slice is in the outputs. */
    public boolean isComplete() {
        return complete;
    }

    /** The tables that it wrote so far. Each is durable, and no manifest has it yet. */
    public List<TableFile> outputs() {
        return List.copyOf(finished);
    }

    /** Gives up the table that is being written. Finished tables stay. */
    public void abandon() throws IOException {
        abandoned = true;
        if (writer.isPresent()) {
            writer.get().abandon();
            writer = Optional.empty();
        }
    }
}
