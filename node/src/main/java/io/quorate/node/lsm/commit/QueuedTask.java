package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import java.util.List;

/** A task that waits for the log thread. It is its own queue node, see {@link CommitQueue}. */
public abstract sealed class QueuedTask {
    QueuedTask next;

    abstract <E extends Exception> void match(TaskCases<E> cases) throws E;

    /**
     * Whether it waits if no memtable is left. A task that does not is done at once, even while writers are delayed.
     */
    abstract boolean needsMemtable();

    /** One method for each case. A new case does not compile until every caller has decided about it. */
    interface TaskCases<E extends Exception> {
        void batch(Batch batch) throws E;

        void flushForgotten(FlushForgotten flush) throws E;

        void close(Close close) throws E;
    }

    /** Writes that are applied all or none, and the completion that receives the outcome. */
    public static final class Batch extends QueuedTask {
        /** The size of the objects around key and value, on a 64-bit JVM with compressed references. */
        private static final int OBJECTS_BYTES = 250;

        public final List<KeyedRecord> entries;
        final LogAdmission admission;
        final Completion completion;
        /** How much it counts against the bounds on memory. */
        public final long bytes;
        /** The length of the keys and values. */
        final long userBytes;

        public Batch(List<KeyedRecord> entries, LogAdmission admission, Completion completion) {
            this.entries = entries;
            this.admission = admission;
            this.completion = completion;
            this.userBytes = entries.stream()
                    .mapToLong(entry -> entry.key.length() + entry.valueBytes())
                    .sum();
            this.bytes = userBytes + (long) entries.size() * OBJECTS_BYTES;
        }

        @Override
        <E extends Exception> void match(TaskCases<E> cases) throws E {
            cases.batch(this);
        }

        @Override
        boolean needsMemtable() {
            return true;
        }

        /** The least space with which the store takes it. A batch is taken as a whole or not at all. */
        DiskSpace needs() {
            boolean deletesOnly =
                    entries.stream().allMatch(entry -> entry.record().isTombstone());
            return deletesOnly ? DiskSpace.DELETES_ONLY : DiskSpace.ALL_WRITES;
        }

        int longestValueBytes() {
            int longest = 0;
            for (KeyedRecord entry : entries) {
                longest = Math.max(longest, entry.valueBytes());
            }
            return longest;
        }
    }

    /** @param key with its keyspace before it */
    public record KeyedRecord(Key key, Record record) {
        public int valueBytes() {
            return record.content() instanceof Value value ? value.bytes().length : 0;
        }
    }

    /** Flushes the memtable if it has many forgotten entries, see {@link io.quorate.common.model.Forgotten}. */
    public static final class FlushForgotten extends QueuedTask {
        final int entriesMin;

        public FlushForgotten(int entriesMin) {
            this.entriesMin = entriesMin;
        }

        @Override
        <E extends Exception> void match(TaskCases<E> cases) throws E {
            cases.flushForgotten(this);
        }

        /** If none is left, it lets the writes behind it pass. */
        @Override
        boolean needsMemtable() {
            return false;
        }
    }

    /** The end of the store. Tasks before it are applied, tasks after it are refused. */
    public static final class Close extends QueuedTask {
        final Runnable whenClosed;

        public Close(Runnable whenClosed) {
            this.whenClosed = whenClosed;
        }

        @Override
        <E extends Exception> void match(TaskCases<E> cases) throws E {
            cases.close(this);
        }

        @Override
        boolean needsMemtable() {
            return false;
        }
    }
}
