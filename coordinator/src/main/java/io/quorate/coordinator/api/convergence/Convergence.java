package io.quorate.coordinator.api.convergence;

import java.util.Optional;

/** Anti-entropy of the node in this process. Safe for use by several threads. */
public interface Convergence {
    /** For a process without a store. */
    Convergence NONE = new Convergence() {
        @Override
        public Optional<ConvergenceStatus> status() {
            return Optional.empty();
        }

        @Override
        public boolean hurry() {
            return false;
        }
    };

    /** Empty if this process has no store that can be read. */
    Optional<ConvergenceStatus> status();

    /** Asks for a whole pass from now on, as fast as the options allow. False if this process has no store for that. */
    boolean hurry();
}
