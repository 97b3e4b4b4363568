package io.quorate.benchmark.store;

import java.util.List;

/**
 * What an engine has written to its tables, without the log, and what they hold.
 *
 * @param written by flushes and merges
 * @param levels the length of the tables of each level, from 0 on
 */
record TableBytes(long written, List<Long> levels) {
    /** Of a store that has just been opened. Also what older result files know: no levels at all. */
    static final TableBytes NONE = new TableBytes(0, List.of());

    TableBytes since(TableBytes before) {
        return new TableBytes(written - before.written, levels);
    }
}
