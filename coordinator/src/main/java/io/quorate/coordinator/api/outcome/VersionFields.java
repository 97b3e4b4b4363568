package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;

/** A version in an answer: the header {@code ETag}, or the fields {@code version} and {@code writtenAt} of a body. */
public final class VersionFields {
    private VersionFields() {}

    public static void putHeaders(HttpServerResponse response, Version version) {
        if (!version.equals(Version.ZERO)) {
            response.putHeader(HttpHeaders.ETAG, '"' + version.toString() + '"');
        }
    }

    /** Without a timestamp there is no {@code writtenAt}: consensus alone wrote the version, and it reads no clock. */
    public static void putFields(ObjectNode node, Version version) {
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
