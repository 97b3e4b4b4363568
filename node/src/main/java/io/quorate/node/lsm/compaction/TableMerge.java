package io.quorate.node.lsm.compaction;

import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import java.io.IOException;
import java.util.List;

/** One compaction on its way: some tables become one. Tombstones stay, as any replica may still need them. */
public final class TableMerge {
    private static final int STEP_BYTES = 1 << 20;

    private final List<Table> inputs;
    private final MergingCursor merged;
    private final TableWriter writer;

    /** @param inputs tables that stay open until the merge is over */
    public TableMerge(List<Table> inputs, TableWriter writer) {
        this.inputs = List.copyOf(inputs);
        this.merged = new MergingCursor(inputs.stream().map(Table::cursor).toList());
        this.writer = writer;
    }

    public List<Table> inputs() {
        return inputs;
    }

    /** Does about 1 MiB of work; false when there was nothing left to do. */
    public boolean step() throws IOException {
        long enough = writer.bytes() + STEP_BYTES;
        while (writer.bytes() < enough) {
            if (!merged.advance()) {
                return false;
            }
            writer.add(merged.key(), merged.record());
        }
        return true;
    }

    /** Ends the table that it wrote; durable when it returns. The inputs are untouched. */
    public TableFile finish() throws IOException {
        return writer.finish();
    }

    public void abandon() throws IOException {
        writer.abandon();
    }
}
