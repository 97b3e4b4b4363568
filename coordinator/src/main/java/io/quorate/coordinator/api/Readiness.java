package io.quorate.coordinator.api;

import java.util.Optional;

/** Whether this process should be sent requests; empty if so, otherwise why not. */
@FunctionalInterface
public interface Readiness {
    Optional<String> obstacle();
}
