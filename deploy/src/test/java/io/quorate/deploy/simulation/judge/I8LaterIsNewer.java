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

    I8LaterIsNewer(Violations violations) {
        super(8, violations);
    }

    void ended(Ended operation) {
        require(operation);
        ended.get(operation.key()).add(operation.endNs(), operation.version());
    }

    /** A read at a quorum misses nothing that ended before it. Later operations may miss what it saw. */
    void sawAtQuorum(Ended operation) {
        require(operation);
    }

    private void require(Ended operation) {
        NewestEnded earlier = ended.computeIfAbsent(operation.key(), any -> new NewestEnded());
        Version before = earlier.before(operation.startNs());
        int order = operation.version().compareTo(before);
        if (order < 0 || order == 0 && operation.wrote()) {
            violated(operation + " began after an operation had ended at " + before);
        }
    }
}
