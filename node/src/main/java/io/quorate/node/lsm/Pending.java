package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;

/** Something that waits for the log thread. The link makes it its own queue node, see {@link CommitQueue}. */
abstract sealed class Pending {
    Pending next;

    /** A write and who wants to know of it. */
    static final class Write extends Pending {
        /** The objects around the bytes of key and value, as counted on a 64-bit JVM with compressed references. */
        private static final int OBJECTS_BYTES = 250;

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
            return OBJECTS_BYTES + userBytes();
        }

        /** What the user wrote: key and value. */
        int userBytes() {
            return key.length() + (record.content() instanceof Value value ? value.bytes().length : 0);
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
