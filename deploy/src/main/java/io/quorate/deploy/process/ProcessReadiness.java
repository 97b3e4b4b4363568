package io.quorate.deploy.process;

import io.quorate.coordinator.api.http.Readiness;
import java.util.Optional;

/**
 * Whether a process takes requests: not while it closes, and with a warning while its replica does not vote, or lacks
 * file descriptors.
 */
final class ProcessReadiness implements Readiness {
    private final Optional<ReplicaHost> host;
    private volatile boolean draining;

    ProcessReadiness(Optional<ReplicaHost> host) {
        this.host = host;
    }

    /** From any thread. */
    void startDraining() {
        draining = true;
    }

    @Override
    public Optional<String> obstacle() {
        return draining ? Optional.of("this process is closing down") : Optional.empty();
    }

    @Override
    public Optional<String> concern() {
        return host.map(each -> each.replica().whyNoVote())
                .filter(why -> !why.isEmpty())
                .map(why -> "the replica of this node does not vote: " + why)
                .or(() -> host.flatMap(ReplicaHost::shortage));
    }
}
