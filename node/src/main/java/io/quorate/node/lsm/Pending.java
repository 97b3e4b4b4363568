package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.memtable.Memtable;

/** Something that waits for the log thread. The link makes it its own queue node, see {@link CommitQueue}. */
abstract sealed class Pending {
    Pending next;

    /** A write and who wants to know of it. */
    static final class Write extends Pending {
        final Key key;
        final Record record;
        final Completion completion;

        Write(Key key, Record record, Completion completion) {
            this.key = key;
            this.record = record;
            this.completion = completion;
        }

        /** What it counts against the bounds on memory. */
        int bytes() {
            return Memtable.bytesOf(key, record);
        }
    }

    /** The end: what was accepted before it is applied, what comes after it is refused. */
    static final class Close extends Pending {
        final Runnable whenClosed;

        Close(Runnable whenClosed) {
            this.whenClosed = whenClosed;
        }
    }
}
