package io.quorate.coordinator.api.http;

import java.util.Optional;

/** Whether this process should be sent requests, and what else there is to say to whoever asks. */
public interface Readiness {
    /** Why it should not; empty if it should. */
    Optional<String> obstacle();

    /** What is wrong and no obstacle: others answer in its place. */
    Optional<String> concern();
}
