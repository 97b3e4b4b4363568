package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bytes of an event, as each browser may see it. They are made once for all browsers.
 *
 * <pre>
 * event: request
 * data: one line of JSON
 *
 * </pre>
 *
 * @param key that not every caller may read
 * @param whole with the key
 * @param hidden without it
 */
record WatchedEvent(Optional<Key> key, byte[] whole, byte[] hidden) {
    static WatchedEvent of(ShownRequest request) {
        byte[] whole = bytes("request", request.whole());
        return new WatchedEvent(
                request.key(), whole, request.key().isEmpty() ? whole : bytes("request", request.hidden()));
    }

    /** An event without keys. */
    static WatchedEvent of(String name, ObjectNode node) {
        byte[] bytes = bytes(name, node);
        return new WatchedEvent(Optional.empty(), bytes, bytes);
    }

    byte[] to(AccessCaller caller) {
        return key.isEmpty() || caller.mayRead(key.get()) ? whole : hidden;
    }

    private static byte[] bytes(String name, ObjectNode node) {
        String data = new String(Json.line(node), StandardCharsets.UTF_8);
        return ("event: " + name + "\ndata: " + data + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
