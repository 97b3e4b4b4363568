package io.quorate.deploy.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.RequestTarget;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;

/** Makes the lines of an audit, each a JSON object. For any thread. */
record AuditLine(NodeId node, Clock clock) {
    /** Of a caller without a name, who could fill the file with long ones. */
    private static final int PATH_CHARS_MAX = 256;

    private static final int METHOD_CHARS_MAX = 32;

    /** Of a request that was refused. */
    byte[] denied(Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key) {
        return line("denied", principal, request, key, status);
    }

    /** Of a connection that ended before it had a request. */
    byte[] crowded(String address) {
        ObjectNode line = begin("denied");
        line.put("address", address);
        line.put("reason", "too many connections");
        return Json.line(line);
    }

    /** Of a request whose handler runs next. The answer may still be an error. */
    byte[] admitted(String kind, String principal, HttpServerRequest request, Optional<Key> key) {
        return line(kind, Optional.of(principal), request, key, 0);
    }

    private byte[] line(
            String what, Optional<String> principal, HttpServerRequest request, Optional<Key> key, int status) {
        ObjectNode line = begin(what);
        if (status != 0) {
            line.put("status", status);
        }
        principal.ifPresent(name -> line.put("principal", name));
        line.put("address", request.remoteAddress().toString());
        line.put("requestId", RequestIds.of(request.response()));
        line.put("method", cut(request.method().name(), METHOD_CHARS_MAX));
        String path = RequestTarget.logText(request);
        line.put("path", principal.isPresent() ? path : cut(path, PATH_CHARS_MAX));
        key.ifPresent(some -> Json.putKey(line, some));
        return Json.line(line);
    }

    private ObjectNode begin(String what) {
        ObjectNode line = Json.object();
        line.put("at", Instant.ofEpochMilli(clock.wallMs()).toString());
        line.put("node", node.name());
        line.put("what", what);
        return line;
    }

    private static String cut(String whole, int charsMax) {
        return whole.length() <= charsMax ? whole : whole.substring(0, charsMax) + "...";
    }
}
