package io.quorate.coordinator.api.http;

import java.util.Optional;

/** Whether clients should send requests to this process, for {@code /health/ready}. */
public interface Readiness {
    /** Why they should not; empty if they should. */
    Optional<String> obstacle();

    /** What is wrong here and yet no obstacle, since other nodes answer in its place; empty if nothing is. */
    Optional<String> concern();
}
