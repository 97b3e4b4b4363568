package io.quorate.deploy;

import io.quorate.deploy.config.CoordinatorConfiguration;

/** A coordinator alone. */
final class CoordinatorProcess {
    private CoordinatorProcess() {}

    /** Runs until the process is told to stop; returns its exit code. */
    static int run(CoordinatorConfiguration configuration) {
        throw new UnsupportedOperationException(
                "the coordinator's parts are not put together yet: " + configuration.nodeId());
    }
}
