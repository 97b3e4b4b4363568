package io.quorate.node.lsm.commit;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import java.util.List;

/** Something that waits for the log thread. The link makes it its own queue node, see {@link CommitQueue}. */
public abstract sealed class QueuedTask {
    QueuedTask next;

    /** Writes that are applied all or not at all, and who wants to know of it. */
    public static final class Batch extends QueuedTask {
        /** The objects around the bytes of key and value, as counted on a 64-bit JVM with compressed references. */
        private static final int OBJECTS_BYTES = 250;

        public final List<KeyedRecord> entries;
        final Completion completion;
        /** What it counts against the bounds on memory. */
        public final long bytes;
        /** What the user wrote: keys and values. */
        final long userBytes;

        public Batch(List<KeyedRecord> entries, Completion completion) {
            this.entries = entries;
            this.completion = completion;
            this.userBytes = entries.stream()
                    .mapToLong(entry -> entry.key.length() + entry.valueBytes())
                    .sum();
            this.bytes = userBytes + (long) entries.size() * OBJECTS_BYTES;
        }

        public boolean deletesOnly() {
            return entries.stream().allMatch(entry -> entry.record().isTombstone());
        }
    }

    /** @param key with its keyspace before it */
    public record KeyedRecord(Key key, Record record) {
        public int valueBytes() {
            return record.content() instanceof Value value ? value.bytes().length : 0;
        }
    }

    /** The end: what was accepted before it is applied, what comes after it is refused. */
    public static final class Close extends QueuedTask {
        final Runnable whenClosed;

        public Close(Runnable whenClosed) {
            this.whenClosed = whenClosed;
        }
    }
}
