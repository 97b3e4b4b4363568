package io.quorate.common.wire;

import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import java.util.ArrayList;
import java.util.List;

/** Fills the reply to a scan until a limit is reached. For one thread. */
public final class ScanReplyBuilder {
    private final Scan scan;
    private final List<ScanEntry> entries = new ArrayList<>();
    private int values;
    private int bytes;

    public ScanReplyBuilder(Scan scan) {
        this.scan = scan;
    }

    /**
     * Takes the next register in the order of the scan.
     *
     * @param isUnsettled whether a conditional write above the register is accepted
     * @return false if the reply has no room for it. The reply then ends before it
     */
    public boolean add(Key key, Record record, boolean isUnsettled) {
        ScanEntry shown = scan.withValues() ? ScanEntry.of(key, record) : ScanEntry.headOf(key, record);
        ScanEntry entry = isUnsettled ? shown.unsettled() : shown;
        int size = ScanCodec.bytesMax(entry);
        if (!entries.isEmpty() && isBeyondLimits(entry, size)) {
            return false;
        }
        entries.add(entry);
        values += entry.tombstone() ? 0 : 1;
        bytes += size;
        return true;
    }

    private boolean isBeyondLimits(ScanEntry entry, int size) {
        ScanLimits limits = scan.limits();
        return entries.size() >= limits.visitsMax()
                || values >= limits.valuesMax() && !entry.tombstone()
                || bytes + size > limits.bytesMax();
    }

    /** Of a replica that never forgot anything. */
    public ScanReply build(boolean complete) {
        return build(complete, Horizon.NONE);
    }

    /** @param complete whether no register in the range comes after the last one added */
    public ScanReply build(boolean complete, Horizon horizon) {
        return new ScanReply(entries, complete, horizon);
    }
}
