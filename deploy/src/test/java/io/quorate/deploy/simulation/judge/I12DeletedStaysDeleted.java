package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.ExpiredValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I12: a deleted key comes back only through a write, and with a version above its tombstone. */
final class I12DeletedStaysDeleted extends Invariant {
    private final Map<Key, NewestEnded> tombstones = new HashMap<>();
    private final Set<Content> written = new HashSet<>(Set.of(ExpiredValues.ENDED));

    I12DeletedStaysDeleted(Violations violations) {
        super(12, violations);
    }

    void began(Call write) {
        written.add(write.content());
    }

    /** A register holds the record. Directed schedules write without a {@link Call}. */
    void effective(Key key, Record record) {
        if (written.size() > 1 && record.content() instanceof Value && !written.contains(record.content())) {
            violated(key + " holds " + record + ", which nobody wrote");
        }
    }

    /** All replicas have had this tombstone. */
    void forgotten(Key key, long nowNs, Version tombstone) {
        tombstones.computeIfAbsent(key, any -> new NewestEnded()).add(nowNs, tombstone);
    }

    void ended(Ended operation) {
        if (operation.absent().isEmpty()) {
            return;
        }
        NewestEnded deleted = tombstones.computeIfAbsent(operation.key(), any -> new NewestEnded());
        Version tombstone = deleted.before(operation.startNs());
        boolean isAbsent = operation.absent().get();
        if (!isAbsent && !operation.version().isAfter(tombstone)) {
            violated(operation + " has a value, which had been deleted at " + tombstone);
        }
        if (isAbsent) {
            deleted.add(operation.endNs(), operation.version());
        }
    }
}
