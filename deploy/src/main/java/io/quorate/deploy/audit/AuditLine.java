package io.quorate.deploy.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.RulesChange;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.RequestTarget;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the lines of an audit, each a JSON object. What a caller chooses is cut, so that a line about a request has at
 * most {@value #BYTES_MAX} bytes. For any thread.
 */
record AuditLine(NodeId node, Clock clock) {
    static final int BYTES_MAX = 4_096;

    static final int KEY_BYTES_MAX = 256;

    private static final int TEXT_CHARS_MAX = 256;
    private static final int METHOD_CHARS_MAX = 32;

    /** The parameter that names what an operation is about. The rest of a query may hold secrets. */
    private static final String NAME = "name";

    /** Of a request that was refused. */
    byte[] denied(
            Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key, long droppedBefore) {
        ObjectNode line = begin("denied", droppedBefore);
        line.put("status", status);
        putRequest(line, principal, request);
        key.ifPresent(some -> putKey(line, some));
        return Json.line(line);
    }

    /** Of a connection that ended before it had a request. */
    byte[] refused(String address, String reason, long droppedBefore) {
        ObjectNode line = begin("denied", droppedBefore);
        line.put("address", address);
        line.put("reason", cut(reason, TEXT_CHARS_MAX));
        return Json.line(line);
    }

    byte[] session(String what, String principal, HttpServerRequest request, long droppedBefore) {
        ObjectNode line = begin(what, droppedBefore);
        putRequest(line, Optional.of(principal), request);
        return Json.line(line);
    }

    /** Of a request whose handler runs next. */
    byte[] write(String principal, HttpServerRequest request, Optional<Key> key) {
        ObjectNode line = begin("write");
        putRequest(line, Optional.of(principal), request);
        key.ifPresent(some -> putKey(line, some));
        return Json.line(line);
    }

    /** Of a request whose handler runs next. */
    byte[] operation(String principal, HttpServerRequest request) {
        ObjectNode line = begin("operation");
        putRequest(line, Optional.of(principal), request);
        QueryParameters.any(request.query()).text(NAME).ifPresent(name -> line.put(NAME, cut(name, TEXT_CHARS_MAX)));
        return Json.line(line);
    }

    /** Of an operation whose body says what to do. */
    byte[] ordered(String principal, HttpServerRequest request, String order) {
        ObjectNode line = begin("order");
        line.put("principal", principal);
        line.put("requestId", RequestIds.of(request.response()));
        line.put("order", order);
        return Json.line(line);
    }

    /** What became of an operation. */
    byte[] answered(String principal, HttpServerRequest request) {
        ObjectNode line = begin("answer");
        line.put("status", request.response().getStatusCode());
        line.put("principal", principal);
        line.put("requestId", RequestIds.of(request.response()));
        return Json.line(line);
    }

    /** Of rules that are in use now. They are as long as the access file makes them. */
    byte[] changed(RulesChange change) {
        ObjectNode line = begin("rules");
        line.put("change", change.kind().name().toLowerCase(Locale.ROOT));
        line.put("name", change.name());
        putAll(line.putArray("grants"), change.grants());
        change.grantsBefore().ifPresent(before -> putAll(line.putArray("grantsBefore"), before));
        line.put("tokensAdded", change.tokensAdded());
        line.put("tokensRemoved", change.tokensRemoved());
        return Json.line(line);
    }

    private static void putAll(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private ObjectNode begin(String what, long droppedBefore) {
        ObjectNode line = begin(what);
        if (droppedBefore > 0) {
            line.put("droppedBefore", droppedBefore);
        }
        return line;
    }

    private ObjectNode begin(String what) {
        ObjectNode line = Json.object();
        line.put("at", Instant.ofEpochMilli(clock.wallMs()).toString());
        line.put("node", node.name());
        line.put("what", what);
        return line;
    }

    private static void putRequest(ObjectNode line, Optional<String> principal, HttpServerRequest request) {
        principal.ifPresent(name -> line.put("principal", name));
        line.put("address", request.remoteAddress().toString());
        line.put("requestId", RequestIds.of(request.response()));
        line.put("method", cut(request.method().name(), METHOD_CHARS_MAX));
        line.put("path", cut(RequestTarget.logText(request), TEXT_CHARS_MAX));
    }

    private static void putKey(ObjectNode line, Key key) {
        byte[] whole = key.bytes();
        if (whole.length > KEY_BYTES_MAX) {
            Json.putBytes(line, "keyStart", Arrays.copyOf(whole, KEY_BYTES_MAX));
            line.put("keyBytes", whole.length);
        } else {
            Json.putKey(line, key);
        }
    }

    private static String cut(String whole, int charsMax) {
        return whole.length() <= charsMax ? whole : whole.substring(0, charsMax) + "...";
    }
}
