package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.MediaRanges;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.UriText;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.ReplicaCopy;
import io.quorate.coordinator.replica.MemberState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;

/**
 * Members, their health and their copies of a key: {@code /v1/cluster}, {@code /v1/nodes/{id}}, {@code .../replicas}.
 */
public final class ClusterRoutes {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";

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
        boolean asText = MediaRanges.acceptedBy(request).prefer(TEXT, JSON);
        AnswerHeaders.varyBy(request.response(), HttpHeaders.ACCEPT);
        cluster.inspect(FailedRequest.guard(request.response(), members -> {
            ObjectNode body = cluster.body(members);
            if (asText) {
                send(request.response(), TEXT + "; charset=utf-8", Buffer.buffer(ClusterText.of(body)));
            } else {
                send(request.response(), body);
            }
        }));
    }

    public void node(HttpServerRequest request, String id) {
        QueryParameters.parse(request.query(), List.of());
        cluster.inspect(FailedRequest.guard(request.response(), members -> members.stream()
                .filter(member -> member.id().name().equals(id))
                .findFirst()
                .ifPresentOrElse(
                        member -> send(request.response(), cluster.node(member)),
                        () -> Problem.refuse(
                                request.response(),
                                404,
                                "no member is called '" + id + "'; the members are "
                                        + members.stream().map(MemberState::id).toList()))));
    }

    /** Each replica's own copy of a key, side by side. */
    public void replicas(HttpServerRequest request, String encodedKey) {
        Key key = UriText.key(encodedKey);
        long timeoutMs =
                QueryParameters.parse(request.query(), List.of("timeout")).timeoutMs(limits);
        OperationOptions options = Askers.sign(new OperationOptions(ConsistencyLevel.ALL, timeoutMs), request);
        coordinator.survey(key, options, new SurveyAnswer(request.response(), key)::send);
    }

    private final class SurveyAnswer extends OutcomeAnswer {
        private final Key key;

        SurveyAnswer(HttpServerResponse response, Key key) {
            super(response);
            this.key = key;
        }

        @Override
        public Void surveyed(Outcome.Surveyed survey) {
            Version newest = survey.copies().stream()
                    .flatMap(copy -> copy.record().stream())
                    .map(Record::version)
                    .reduce(Version.ZERO, Version::max);
            ObjectNode body = Json.object();
            Json.putKey(body, key);
            ArrayNode replicas = body.putArray("replicas");
            survey.copies().forEach(copy -> replicas.add(json(copy, newest)));
            return sendJson(OutcomeStatus.of(survey), body);
        }
    }

    private ObjectNode json(ReplicaCopy copy, Version newest) {
        ObjectNode node = Json.object();
        node.put("id", copy.replica().name());
        if (copy.record().isEmpty()) {
            return node.put("state", "no answer");
        }
        Record record = copy.record().get();
        node.put("state", state(record));
        if (copy.floor() > 0) {
            node.put(
                    "forgetsUpTo",
                    Instant.ofEpochMilli(HybridClock.millisOf(copy.floor())).toString());
        }
        VersionFields.putFields(node, record.version());
        if (record.content() instanceof Value value) {
            if (!value.endedLongAgo()) {
                node.put("contentType", value.contentType());
            }
            node.put("bytes", value.bytes().length);
            ExpiryFields.putFields(node, value, coordinator.time());
        }
        return node.put("stale", newest.isAfter(record.version()));
    }

    /** A replica keeps an expired value until a read, a write or a repair replaces it. */
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
        send(response, JSON, Json.bytes(body));
    }

    private static void send(HttpServerResponse response, String type, Buffer body) {
        if (!response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
        }
    }
}
