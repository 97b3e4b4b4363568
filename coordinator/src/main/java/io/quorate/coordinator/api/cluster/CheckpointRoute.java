package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointRefusalReason;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointRefused;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointResult;
import io.quorate.coordinator.api.cluster.Checkpoints.Made;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** {@code POST /v1/nodes/{id}/checkpoint?name=}: a node copies its own store. No other process does that for it. */
public final class CheckpointRoute {
    private final NodeId self;
    private final Checkpoints checkpoints;

    public CheckpointRoute(NodeId self, Checkpoints checkpoints) {
        this.self = self;
        this.checkpoints = checkpoints;
    }

    public void handle(HttpServerRequest request, String id) {
        NodeId name = name(QueryParameters.parse(request.query(), List.of("name")));
        if (!id.equals(self.name())) {
            throw new BadRequest(
                    421,
                    "this is " + self + ", and a checkpoint of '" + id + "' is made by that node only: send this to its"
                            + " own httpHost and httpPort. Nothing was done");
        }
        Context loop = Vertx.currentContext();
        checkpoints.make(
                name,
                outcome -> loop.runOnContext(back ->
                        FailedRequest.guard(request.response(), () -> answer(request.response(), name, outcome))));
    }

    private static NodeId name(QueryParameters query) {
        String name = query.text("name")
                .orElseThrow(() -> new BadRequest(400, "the checkpoint needs a name: ?name=NAME. Nothing was done"));
        try {
            return new NodeId(name);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(
                    400,
                    "name '" + name + "' is not allowed; it has 1 to " + NodeId.LENGTH_MAX + " letters, digits, '_' and"
                            + " '-', and starts with a letter or digit. Nothing was done");
        }
    }

    private void answer(HttpServerResponse response, NodeId name, CheckpointResult outcome) {
        if (!response.closed()) {
            outcome.handle(made -> created(response, name, made), refused -> refuse(response, refused));
        }
    }

    private void created(HttpServerResponse response, NodeId name, Made made) {
        response.setStatusCode(201).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Json.bytes(describe(name, made)));
    }

    private static void refuse(HttpServerResponse response, CheckpointRefused refused) {
        if (refused.why() == CheckpointRefusalReason.OVERLOADED || refused.why() == CheckpointRefusalReason.CLOSING) {
            response.putHeader("Retry-After", "1");
        }
        Problem.refuse(response, refused.why().status, refused.detail());
    }

    private ObjectNode describe(NodeId name, Made made) {
        return Json.object()
                .put("node", self.name())
                .put("name", name.name())
                .put("path", made.path())
                .put("bytes", made.bytes())
                .put("tableCount", made.tableCount())
                .put("elapsedMs", made.elapsedMs());
    }
}
