package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointList;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointRefusalReason;
import io.quorate.coordinator.api.cluster.Checkpoints.CheckpointRefused;
import io.quorate.coordinator.api.cluster.Checkpoints.Made;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RetryAfter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checkpoints of this node: {@code POST} and {@code DELETE /v1/nodes/{id}/checkpoint?name=}, {@code GET
 * /v1/nodes/{id}/checkpoints}. No other process copies or deletes for it.
 */
public final class CheckpointRoutes {
    private final NodeId self;
    private final Checkpoints checkpoints;

    public CheckpointRoutes(NodeId self, Checkpoints checkpoints) {
        this.self = self;
        this.checkpoints = checkpoints;
    }

    public void make(HttpServerRequest request, String id) {
        NodeId name = name(QueryParameters.parse(request.query(), List.of("name")));
        requireSelf(id);
        HttpServerResponse response = request.response();
        checkpoints.make(
                name,
                onLoop(
                        response,
                        outcome -> outcome.handle(
                                made -> created(response, name, made), refused -> refuse(response, refused))));
    }

    public void delete(HttpServerRequest request, String id) {
        NodeId name = name(QueryParameters.parse(request.query(), List.of("name")));
        requireSelf(id);
        HttpServerResponse response = request.response();
        Consumer<NodeId> deleted =
                onLoop(response, any -> response.setStatusCode(204).end());
        checkpoints.delete(name, () -> deleted.accept(name), onLoop(response, refused -> refuse(response, refused)));
    }

    public void list(HttpServerRequest request, String id) {
        QueryParameters.parse(request.query(), List.of());
        requireSelf(id);
        HttpServerResponse response = request.response();
        checkpoints.list(
                onLoop(response, found -> send(response, describe(found))),
                onLoop(response, refused -> refuse(response, refused)));
    }

    private void requireSelf(String id) {
        if (!id.equals(self.name())) {
            throw new BadRequest(
                    421,
                    "this is " + self + ", and only '" + id + "' itself makes, lists and deletes its checkpoints: send"
                            + " this to its own httpHost and httpPort. Nothing was done");
        }
    }

    /** The answer is sent on the event loop of the request, if the client is still there. */
    private static <T> Consumer<T> onLoop(HttpServerResponse response, Consumer<T> answer) {
        Context loop = Vertx.currentContext();
        return outcome -> loop.runOnContext(back -> FailedRequest.guard(response, () -> {
            if (!response.closed()) {
                answer.accept(outcome);
            }
        }));
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

    private void created(HttpServerResponse response, NodeId name, Made made) {
        response.setStatusCode(201);
        send(response, describe(name, made));
    }

    private static void send(HttpServerResponse response, ObjectNode body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(body));
    }

    private ObjectNode describe(CheckpointList list) {
        ObjectNode body = Json.object().put("node", self.name()).put("max", list.max());
        ArrayNode array = body.putArray("checkpoints");
        list.checkpoints().forEach(each -> array.addObject()
                .put("name", each.name())
                .put("complete", each.complete())
                .put("bytes", each.bytes())
                .put("tableCount", each.tableCount())
                .put("made", each.made().toString()));
        return body;
    }

    private static void refuse(HttpServerResponse response, CheckpointRefused refused) {
        if (refused.why() == CheckpointRefusalReason.OVERLOADED || refused.why() == CheckpointRefusalReason.CLOSING) {
            RetryAfter.put(response);
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
