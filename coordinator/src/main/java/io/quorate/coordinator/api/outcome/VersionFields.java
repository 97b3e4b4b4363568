package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;

/** A version in an answer: the {@code ETag} header, or the fields {@code version} and {@code writtenAt} of a body. */
public final class VersionFields {
    private VersionFields() {}

    public static void put(HttpServerResponse response, Version version) {
        if (!version.equals(Version.ZERO)) {
            response.putHeader(HttpHeaders.ETAG, '"' + version.toString() + '"');
        }
    }

    /** A version without a timestamp was written by consensus alone, on a key without a plain write: it read no clock. */
    public static void put(ObjectNode node, Version version) {
        if (!version.equals(Version.ZERO)) {
            node.put("version", version.toString());
        }
        if (version.timestamp() != 0) {
            node.put(
                    "writtenAt",
                    Instant.ofEpochMilli(HybridClock.millisOf(version.timestamp()))
                            .toString());
        }
    }
}
