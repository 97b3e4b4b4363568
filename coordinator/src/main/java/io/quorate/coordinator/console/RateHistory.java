package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.EncodedText;
import io.quorate.coordinator.api.http.Gzip;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /v1/history}: the rates of this process and the members that it missed, one sample a second for the last
 * five minutes. So a chart does not begin anew with each page. A sample is kept as the JSON that it is sent as, about
 * 200 bytes. Safe for use by all event loops.
 */
final class RateHistory implements HttpEndpoint {
    static final long STEP_MS = 1_000;

    static final int SAMPLES_MAX = 300;

    /** Of all samples. Only if many members with long names are away, or much is refused, fewer are kept. */
    static final int BYTES_MAX = 96 << 10;

    private final NodeId node;
    private final OperationRates rates;
    private final Clock clock;

    /** This field and the next are guarded by this object. */
    private final Deque<byte[]> oldestFirst = new ArrayDeque<>(SAMPLES_MAX);

    private int bytes;

    RateHistory(NodeId node, OperationRates rates, Clock clock) {
        this.node = node;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Ends an interval of the rates, and keeps them.
     *
     * @param away members that cannot be reached now, each with its state
     */
    synchronized void sample(Map<NodeId, String> away) {
        ObjectNode sample = Json.object().put("at", now());
        sample.set("rates", rates.endInterval());
        ObjectNode states = sample.putObject("away");
        away.forEach((member, state) -> states.put(member.name(), state));
        byte[] json = Json.line(sample);
        oldestFirst.addLast(json);
        bytes += json.length;
        while (oldestFirst.size() > SAMPLES_MAX || bytes > BYTES_MAX) {
            bytes -= oldestFirst.removeFirst().length;
        }
    }

    private String now() {
        return Instant.ofEpochMilli(clock.wallMs()).toString();
    }

    private synchronized List<byte[]> oldestFirst() {
        return List.copyOf(oldestFirst);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.read("/v1/history", new RoleOf(AccessRole.OBSERVE), this::send));
    }

    private void send(HttpServerRequest request, String noVariable, AccessCaller caller) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        EncodedText.of(body(), Gzip.isAcceptedBy(request)).end(request.response());
    }

    private byte[] body() {
        ObjectNode body =
                Json.object().put("coordinator", node.name()).put("now", now()).put("stepMs", STEP_MS);
        ArrayNode samples = body.putArray("samples");
        oldestFirst().forEach(json -> samples.addRawValue(new RawValue(new String(json, StandardCharsets.UTF_8))));
        return Json.line(body);
    }
}
