package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;

/**
 * I8: of two linearizable operations that do not overlap, the later has the same or a larger version, and a larger one
 * if it writes. Judged where operations end, at the coordinator, whether or not a client still waits.
 */
final class I8LaterIsNewer extends Invariant {
    private final Map<Key, NewestEnded> ended = new HashMap<>();

    private final ForgottenKeys forgotten;

    I8LaterIsNewer(Violations violations, ForgottenKeys forgotten) {
        super(8, violations);
        this.forgotten = forgotten;
    }

    void ended(Ended operation) {
        require(operation);
        ended.get(operation.key()).add(operation.endNs(), operation.version());
    }

    /** A read at a quorum misses nothing that ended before it. Later operations may miss what it saw. */
    void sawAtQuorum(Ended operation) {
        require(operation);
    }

    /** A replica has forgotten this tombstone. All replicas had it before. */
    void forgotten(Key key, long nowNs, Version tombstone) {
        ended.computeIfAbsent(key, any -> new NewestEnded()).add(nowNs, tombstone);
    }

    private void require(Ended operation) {
        NewestEnded earlier = ended.computeIfAbsent(operation.key(), any -> new NewestEnded());
        Version before = earlier.before(operation.startNs());
        boolean showsNothing = !operation.wrote() && operation.version().equals(Version.ZERO);
        if (showsNothing && forgotten.mayBeAbsent(operation.key(), before)) {
            return;
        }
        int order = operation.version().compareTo(before);
        if (order < 0 || order == 0 && operation.wrote()) {
            violated(operation + " began after an operation had ended at " + before);
        }
    }
}
