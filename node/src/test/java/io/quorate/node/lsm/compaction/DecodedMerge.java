package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A merge in its plainest form, for comparison: it decodes every entry into objects, and encodes what is left. */
final class DecodedMerge {
    private final OutputSplit split;
    private final MergeRules rules;
    private final TableMerge.NewTables newTables;
    private final List<TableFile> outputs = new ArrayList<>();
    private Optional<TableWriter> writer = Optional.empty();

    DecodedMerge(OutputSplit split, MergeRules rules, TableMerge.NewTables newTables) {
        this.split = split;
        this.rules = rules;
        this.newTables = newTables;
    }

    List<TableFile> run(List<Table> inputs) throws IOException {
        List<EntryCursor> sources = new ArrayList<>();
        for (SortedRun run : SortedRun.of(inputs)) {
            run.cursorPastCache(KeyRange.ALL).ifPresent(sources::add);
        }
        MergingCursor merged = new MergingCursor(sources);
        while (merged.advance()) {
            Optional<Record> rest = rest(merged.key(), merged.record());
            if (rest.isPresent()) {
                write(merged.key(), rest.get());
            }
        }
        endTable();
        return outputs;
    }

    private Optional<Record> rest(Key key, Record record) {
        if (record.isForgotten()) {
            return Optional.of(record).filter(it -> rules.elsewhere().mayExist(key, it.version()));
        }
        return rules.expired().rest(key, record);
    }

    private void write(Key key, Record record) throws IOException {
        long bytes = writer.map(TableWriter::bytes).orElse(0L);
        long entries = writer.map(TableWriter::entries).orElse(0L);
        EncodedEntry entry = new EncodedEntry();
        entry.setKey(key.bytes(), key.length());
        if (split.isBefore(entry, bytes, entries)) {
            endTable();
        }
        if (writer.isEmpty()) {
            writer = Optional.of(newTables.create());
        }
        writer.get().add(key, record);
    }

    private void endTable() throws IOException {
        if (writer.isPresent()) {
            outputs.add(writer.get().finish());
            writer = Optional.empty();
        }
    }
}
