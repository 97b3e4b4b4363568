package io.quorate.node.lsm.table;

/** What a table was written for. */
public enum TableCause {
    FLUSH,
    /** What a start found in the log. */
    RECOVERY,
    COMPACTION
}
