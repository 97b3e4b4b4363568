package io.quorate.deploy.local.fault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the body of {@code POST /v1/faults}, and refuses one that is no order for this cluster. */
final class FaultOrderReader {
    private static final String ALLOWED =
            "allowed: {\"fault\": one of " + FaultKind.NAMES + ", \"node\": \"n2\", \"peer\": \"n1\""
                    + " for cut, \"ms\": 50 for slow, slow-disk and skew}; heal without node heals all";
    private static final int BODY_BYTES_MAX = 4096;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ClusterFolder cluster;

    FaultOrderReader(ClusterFolder cluster) {
        this.cluster = cluster;
    }

    /**
     * @param accepted receives the order when the whole body is there, and may still refuse it by a {@link BadRequest}.
     *     It is not called if the request is refused
     */
    void read(HttpServerRequest request, Consumer<FaultOrder> accepted) {
        if (!"application/json".equals(mediaType(request))) {
            throw new BadRequest(415, "the body must be application/json; " + ALLOWED);
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= BODY_BYTES_MAX) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            // A body that came too slowly is answered before its end.
            if (!request.response().ended()) {
                FailedRequest.guard(request.response(), () -> accepted.accept(parse(body.getBytes())));
            }
        });
    }

    private FaultOrder parse(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw new BadRequest(413, "the body is longer than " + BODY_BYTES_MAX + " bytes");
        }
        try {
            return FaultOrder.parse(MAPPER.readTree(body), cluster);
        } catch (LocalClusterException | IOException e) {
            throw new BadRequest(400, e.getMessage() + "; " + ALLOWED + ". Nothing was done");
        }
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }
}
