package io.quorate.deploy;

import io.quorate.deploy.config.NodeConfiguration;

/** A node: a replica and a coordinator in one process. */
final class NodeProcess {
    private NodeProcess() {}

    /** Runs until the process is told to stop; returns its exit code. */
    static int run(NodeConfiguration configuration, boolean init) {
        throw new UnsupportedOperationException("the node's parts are not put together yet: " + configuration.nodeId());
    }
}
