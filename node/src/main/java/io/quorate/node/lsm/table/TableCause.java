package io.quorate.node.lsm.table;

import io.quorate.common.model.Coded;

/** What a table was written for. */
public enum TableCause implements Coded {
    FLUSH(0),
    /** What a start found in the log. */
    RECOVERY(1),
    COMPACTION(2);

    private final int code;

    TableCause(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
