package io.quorate.node.lsm.compaction;

import io.quorate.common.codec.RecordHead;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a merge handles expired values. Some time after the expiry no read returns them, so the merge drops their bytes.
 * It keeps the version, and an expiry that has passed by every clock.
 *
 * <p>A tombstone in their place would be wrong. The end of a value is a conditional write of the next version, which a
 * majority agrees on ({@link Record#expired}). A reader that finds a tombstone asks for no such agreement. A
 * conditional write that prolonged the value might be chosen after that.
 *
 * <p>The value of a request with an idempotency key keeps its bytes as long as the request is remembered. Until then a
 * retry is answered with the expiry ({@link Record#neededUntilMs}).
 *
 * <p>In some keyspaces an expiry only ends a memory. There the merge drops the whole entry. Another table may still
 * have an older entry of the key. It expired no later, so it has no effect either.
 *
 * @param endedMs values that were not needed any more at this time lose their bytes, in milliseconds since 1970
 * @param forgettable for which stored keys the whole entry is dropped
 */
public record ExpiredValues(long endedMs, Predicate<Key> forgettable) {
    /** The rest of an expired value. */
    public static final Value ENDED = Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE, Value.ENDED_LONG_AGO);

    /** Whether a merge has to look at a record. All others stay as they are. */
    boolean concerns(RecordHead head) {
        return head.neededUntilMs() <= endedMs;
    }

    /** What a merge keeps of an entry. */
    Optional<Record> rest(Key key, Record record) {
        if (record.neededUntilMs() > endedMs) {
            return Optional.of(record);
        }
        return forgettable.test(key) ? Optional.empty() : Optional.of(record.withContent(ENDED));
    }
}
