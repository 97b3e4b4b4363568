package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a merge does with values whose life is over: long enough after, nobody is shown them, so their bytes go. The version
 * stays, and a life that is over by every clock.
 *
 * <p>A tombstone in their place would be wrong. The end of a life is a conditional write, of the next version, that a
 * majority agrees on ({@link Record#expired}). Whoever reads a tombstone asks for no such agreement, and a conditional
 * write that prolonged the life might come through after that.
 *
 * <p>Where an expiry is only the end of a memory, the entry goes as a whole. An older one that another table still has
 * expired no later, so that nobody heeds it either.
 *
 * @param endedMs values that expired at this time or before go; milliseconds since 1970
 * @param forgettable under which stored keys entries go as a whole
 */
public record ExpiredValues(long endedMs, Predicate<Key> forgettable) {
    /** What is left of such a value. */
    public static final Value ENDED = Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE, 1);

    /** What a merge keeps of an entry. */
    Optional<Record> rest(Key key, Record record) {
        if (!record.isExpiredAt(endedMs)) {
            return Optional.of(record);
        }
        return forgettable.test(key) ? Optional.empty() : Optional.of(record.withContent(ENDED));
    }
}
