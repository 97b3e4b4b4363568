package io.quorate.deploy.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Asks a node whether all replicas are in step, and keeps when that was so for the first time. */
final class StepWatch {
    static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int TIMEOUT_MS = 1_000;

    private final NodeGet convergence;
    private final long startNs;
    private OptionalDouble seconds = OptionalDouble.empty();

    StepWatch(Endpoint node, long startNs) {
        this.convergence = new NodeGet(node, "/v1/convergence", TIMEOUT_MS);
        this.startNs = startNs;
    }

    /** From the start until all replicas were in step. Empty if they were not until now. */
    OptionalDouble seconds() {
        return seconds;
    }

    /** Asks, unless that is known already. It takes up to a second or two. */
    void look() {
        if (seconds.isEmpty() && isInStep()) {
            long elapsedNs = SystemClock.INSTANCE.monotonicNs() - startNs;
            seconds = OptionalDouble.of(elapsedNs / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    private boolean isInStep() {
        try {
            return isInStep(convergence.json());
        } catch (IOException e) {
            return false; // a node that is too busy to answer is asked again
        }
    }

    /**
     * Whether all members answer, and others keep nothing for any of them.
     *
     * @param convergence the body of {@code /v1/convergence}
     */
    static boolean isInStep(JsonNode convergence) {
        return convergence.path("silent").isEmpty()
                && StreamSupport.stream(convergence.path("hints").spliterator(), false)
                        .allMatch(target -> target.path("waiting").asLong() == 0
                                && !target.path("overflowed").asBoolean());
    }
}
