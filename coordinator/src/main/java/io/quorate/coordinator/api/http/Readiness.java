package io.quorate.coordinator.api.http;

import java.util.Optional;

/** Whether clients should send requests to this process, for {@code /health/ready}. */
public interface Readiness {
    /** Why they should not, or empty if they should. */
    Optional<String> obstacle();

    /**
     * A defect of this node that does not make it unready, because other nodes answer in its place. Empty without a
     * defect.
     */
    Optional<String> concern();
}
