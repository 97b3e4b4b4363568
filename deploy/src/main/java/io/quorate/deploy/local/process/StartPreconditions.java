package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import java.util.List;

/** Checks before nodes are started that their ports are free, and that no node has lost its data. */
record StartPreconditions(ClusterFolder cluster, Reporter reporter) {
    void check(List<NodeFolder> nodes) throws LocalClusterException {
        checkPorts(nodes);
        checkData(nodes);
    }

    private void checkPorts(List<NodeFolder> nodes) throws LocalClusterException {
        List<String> taken =
                Ports.taken(cluster.layout(), nodes.stream().map(NodeFolder::id).toList());
        taken.forEach(reporter::warn);
        if (!taken.isEmpty()) {
            throw LocalClusterException.failed("nothing was started; free the ports, or make the cluster elsewhere with"
                    + " QUORATE_HTTP_PORT_BASE and QUORATE_PEER_PORT_BASE");
        }
    }

    private static void checkData(List<NodeFolder> nodes) throws LocalClusterException {
        for (NodeFolder node : nodes) {
            if (node.wasInitialised() && !node.hasData()) {
                throw LocalClusterException.failed(
                        node.id() + " had data and " + node.path() + "/data is gone; a replica"
                                + " that forgot what it acknowledged must not come back under its old name: 'wipe' starts over."
                                + " Nothing was started");
            }
        }
    }
}
