package io.quorate.deploy.checkpoint;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The name of a checkpoint, which has the form of a node's id. */
final class CheckpointArgument {
    @Parameters(paramLabel = "NAME", description = "the checkpoint: letters, digits, '_' and '-'")
    private String name;

    String name() {
        try {
            return new NodeId(name).name();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("the name of a checkpoint has the form of a nodeId: " + e.getMessage());
        }
    }

    /** A change of this checkpoint of a node. */
    Call change(String method, String node) {
        return Call.change(
                method,
                "/v1/nodes/" + node + "/checkpoint?name=" + name(),
                Optional.empty(),
                "'quorate checkpoint list' shows whether it is there");
    }
}
