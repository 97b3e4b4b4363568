package io.quorate.deploy.local.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.http.Json;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import java.io.IOException;

/** The faults of all nodes of a cluster, as {@code /v1/faults} shows them. Reads files, and so belongs on a worker. */
record FaultsJson(ClusterFolder cluster, NodeFolder self) {
    /** @param own the state of the node that answers: after it has answered, if the request changes that */
    ObjectNode body(ProcessState own) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode nodes = body.putArray("nodes");
        for (NodeFolder node : cluster.nodes()) {
            ProcessState state = node.equals(self) ? own : node.state();
            node.faults().putInto(nodes.addObject().put("id", node.id().name()).put("process", state.label()));
        }
        return body;
    }
}
