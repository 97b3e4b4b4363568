package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.replica.ClusterTime;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;

/**
 * When a value expires, in an answer. A value that stays has none of these.
 *
 * <pre>
 * Quorate-Expires-At: 2026-11-23T15:30:00.250Z     the instant, by the cluster's time
 * Quorate-Expires-In: 29750ms                      the time until then, in the form that ttl= takes
 * </pre>
 */
public final class ExpiryFields {
    static final String AT = "Quorate-Expires-At";
    static final String IN = "Quorate-Expires-In";

    private ExpiryFields() {}

    public static void putHeaders(HttpServerResponse response, Content content, ClusterTime time) {
        if (content instanceof Value value && value.expires() && !value.endedLongAgo()) {
            response.putHeader(AT, at(value));
            response.putHeader(IN, time.remainingMs(value.expiresAtMs()) + "ms");
        }
    }

    public static void putFields(ObjectNode node, Content content, ClusterTime time) {
        if (content instanceof Value value && value.expires() && !value.endedLongAgo()) {
            node.put("expiresAt", at(value));
            node.put("expiresInMs", time.remainingMs(value.expiresAtMs()));
        }
    }

    private static String at(Value value) {
        return Instant.ofEpochMilli(value.expiresAtMs()).toString();
    }
}
