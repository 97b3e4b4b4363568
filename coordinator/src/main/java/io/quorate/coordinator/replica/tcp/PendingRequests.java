package io.quorate.coordinator.replica.tcp;

import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Yes;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.delay.Asked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that one replica has not answered yet. Each request gets a correlation id, and its reply repeats the id.
 *
 * <p>A request has no time-out of its own. It stays pending until its reply arrives, or until all pending requests are
 * lost with a silence or with the connection. An operation that cannot wait that long has a deadline itself.
 */
final class PendingRequests {
    private final Map<Long, PendingRequest> requests = new HashMap<>();
    private long nextCorrelation = 1;

    /**
     * @param index how the caller numbers the replica
     * @param yes the type of reply that does what was asked
     * @param asked its place among the delays that are measured. Empty if it is not measured
     */
    record PendingRequest(int index, Answers answers, long sentNs, Class<? extends Yes> yes, Optional<Asked> asked) {
        /** Whether this is a heartbeat, which no operation waits for. */
        boolean isPing() {
            return yes == Pong.class;
        }
    }

    /** Adds a request that is about to be sent, and returns its correlation id. */
    long add(PendingRequest request) {
        long correlation = nextCorrelation++;
        requests.put(correlation, request);
        return correlation;
    }

    /** Removes the request that was answered. Empty if it was lost before: the reply came late. */
    Optional<PendingRequest> remove(long correlation) {
        return Optional.ofNullable(requests.remove(correlation));
    }

    List<PendingRequest> removeAll() {
        List<PendingRequest> removed = new ArrayList<>(requests.values());
        requests.clear();
        return removed;
    }
}
