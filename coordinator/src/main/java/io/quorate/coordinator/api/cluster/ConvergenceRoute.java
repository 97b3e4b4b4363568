package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.wire.StoreStatus;
import io.quorate.coordinator.api.convergence.Convergence;
import io.quorate.coordinator.api.convergence.PassJson;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.replica.MemberState;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;

/**
 * {@code /v1/convergence}: what replicas missed, and others keep for them. If there is a node in this process, also how
 * far passes over all keys are. {@code /v1/convergence/hurry}: a pass at once.
 */
public final class ConvergenceRoute {
    private static final int ACCEPTED = 202;
    private static final int MISDIRECTED = 421;

    private final ClusterJson cluster;
    private final NodeId self;
    private final Convergence convergence;

    public ConvergenceRoute(ClusterJson cluster, NodeId self, Convergence convergence) {
        this.cluster = cluster;
        this.self = self;
        this.convergence = convergence;
    }

    public void show(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        cluster.inspect(FailedRequest.guard(request.response(), members -> {
            ObjectNode body = body(members);
            convergence.status().ifPresent(status -> PassJson.putInto(body.put("node", self.name()), status));
            send(request.response(), body);
        }));
    }

    public void hurry(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        if (convergence.hurry()) {
            request.response().setStatusCode(ACCEPTED);
            send(request.response(), Json.object().put("node", self.name()).put("hurried", true));
        } else {
            Problem.refuse(
                    request.response(),
                    MISDIRECTED,
                    "this process has no store that it can read, so it takes no part in passes: ask another node");
        }
    }

    private static ObjectNode body(List<MemberState> members) {
        List<NodeId> inOrder = members.stream().map(MemberState::id).sorted().toList();
        ObjectNode body = Json.object();
        ArrayNode silent = body.putArray("silent");
        members.stream()
                .filter(member -> member.status().isEmpty())
                .forEach(member -> silent.add(member.id().name()));
        ArrayNode hints = body.putArray("hints");
        for (int place = 0; place < inOrder.size(); place++) {
            putTarget(hints.addObject(), inOrder.get(place), place, members);
        }
        return body;
    }

    /** Several replicas keep hints for one. About the same keys, so the greatest number counts. */
    private static void putTarget(ObjectNode target, NodeId id, int place, List<MemberState> members) {
        long waiting = 0;
        long oldestMs = Long.MAX_VALUE;
        boolean overflowed = false;
        ArrayNode keepers = Json.object().arrayNode();
        for (MemberState keeper : members) {
            for (HintFigures kept : hintsOf(keeper)) {
                if (kept.target() == place) {
                    waiting = Math.max(waiting, kept.waiting());
                    oldestMs = kept.oldestMs() > 0 ? Math.min(oldestMs, kept.oldestMs()) : oldestMs;
                    overflowed |= kept.overflowed();
                    keepers.add(keeper.id().name());
                }
            }
        }
        target.put("target", id.name()).put("waiting", waiting);
        if (oldestMs < Long.MAX_VALUE) {
            target.put("oldest", Instant.ofEpochMilli(oldestMs).toString());
        }
        target.put("overflowed", overflowed).set("keptBy", keepers);
    }

    private static List<HintFigures> hintsOf(MemberState member) {
        return member.status()
                .flatMap(status -> status.store())
                .map(StoreStatus::hints)
                .orElse(List.of());
    }

    private static void send(HttpServerResponse response, ObjectNode body) {
        if (!response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(body));
        }
    }
}
