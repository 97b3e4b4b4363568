package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.ReplicaCopy;
import io.quorate.coordinator.replica.MemberState;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** What the cluster is made of and how it is: {@code /v1/cluster}, {@code /v1/nodes/{id}}, {@code .../replicas}. */
public final class ClusterRoutes {
    private final ClusterJson cluster;
    private final Coordinator coordinator;
    private final ApiLimits limits;

    public ClusterRoutes(ClusterJson cluster, Coordinator coordinator, ApiLimits limits) {
        this.cluster = cluster;
        this.coordinator = coordinator;
        this.limits = limits;
    }

    public void cluster(HttpServerRequest request) {
        QueryParameters.parse(request.query(), List.of());
        cluster.tell(body -> send(request.response(), body));
    }

    public void node(HttpServerRequest request, String id) {
        QueryParameters.parse(request.query(), List.of());
        coordinator.inspectMembers(ClusterJson.CENSUS_TIMEOUT_MS, members -> members.stream()
                .filter(member -> member.id().name().equals(id))
                .findFirst()
                .ifPresentOrElse(
                        member -> send(request.response(), cluster.node(member)),
                        () -> Problem.refuse(
                                request.response(),
                                404,
                                "no member is called '" + id + "'; there are "
                                        + members.stream().map(MemberState::id).toList())));
    }

    /** Each replica's own copy of a key, side by side. */
    public void replicas(HttpServerRequest request, Key key) {
        long timeoutMs =
                QueryParameters.parse(request.query(), List.of("timeout")).timeoutMs(limits);
        OperationOptions options =
                new OperationOptions(ConsistencyLevel.ALL, timeoutMs, RequestIds.of(request.response()));
        coordinator.survey(key, options, outcome -> {
            if (outcome instanceof Outcome.Surveyed surveyed) {
                send(request.response(), survey(key, surveyed));
            } else if (outcome instanceof Outcome.Refused refused) {
                OutcomeStatus.send(request.response(), refused);
            } else {
                throw new AssertionError("an outcome that a survey cannot have: " + outcome);
            }
        });
    }

    private ObjectNode survey(Key key, Outcome.Surveyed surveyed) {
        Version newest = surveyed.copies().stream()
                .flatMap(holding -> holding.record().stream())
                .map(record -> record.version())
                .reduce(Version.ZERO, Version::max);
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        ArrayNode replicas = body.putArray("replicas");
        surveyed.copies().forEach(holding -> replicas.add(holding(holding, newest)));
        return body;
    }

    private ObjectNode holding(ReplicaCopy holding, Version newest) {
        ObjectNode node = Json.object();
        node.put("id", holding.replica().name());
        if (holding.record().isEmpty()) {
            return node.put("state", "no answer");
        }
        Record record = holding.record().get();
        node.put("state", state(record));
        VersionFields.put(node, record.version());
        if (record.content() instanceof Value value) {
            node.put("contentType", value.contentType());
            node.put("bytes", value.bytes().length);
            ExpiryFields.putFields(node, value, coordinator.time());
        }
        return node.put("stale", newest.isAfter(record.version()));
    }

    /** A value whose life is over stays what its replica holds until a read, a write or a repair replaces it. */
    private String state(Record record) {
        if (record.version().equals(Version.ZERO)) {
            return "absent";
        }
        if (record.isTombstone()) {
            return "tombstone";
        }
        return coordinator.time().asItReads(record).isTombstone() ? "expired" : "value";
    }

    private static void send(HttpServerResponse response, ObjectNode body) {
        if (!response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(body));
        }
    }
}
