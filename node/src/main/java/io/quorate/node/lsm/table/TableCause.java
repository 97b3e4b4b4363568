package io.quorate.node.lsm.table;

import io.quorate.common.model.Coded;

/** Why a table was written. */
public enum TableCause implements Coded {
    FLUSH(0),
    /** A start wrote what it found in the log. */
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
