package io.quorate.deploy.data.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.deploy.client.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A key with its value.
 *
 * @param expiresAt when the life of the value ends, by the time of the exported cluster; empty for never
 */
record KeyLine(Key key, byte[] value, String contentType, Optional<Instant> expiresAt) implements TransferLine {
    private static final Set<String> FIELDS =
            Set.of("key", "key64", "value", "value64", "version", "contentType", "expiresAt", "expiresInMs");

    static KeyLine of(JsonNode fields) {
        requireKnown(fields.fieldNames());
        return new KeyLine(
                Key.of(bytes(fields, "key")), bytes(fields, "value"), contentType(fields), expiresAt(fields));
    }

    /** A field that an import ignored would be lost. */
    private static void requireKnown(Iterator<String> names) {
        while (names.hasNext()) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("has the unknown field '" + name + "'");
            }
        }
    }

    private static byte[] bytes(JsonNode fields, String name) {
        if (fields.has(name) == fields.has(name + "64")) {
            throw new IllegalArgumentException(
                    "has " + (fields.has(name) ? "both" : "neither") + " of '" + name + "' and '" + name + "64'");
        }
        if (!fields.path(fields.has(name) ? name : name + "64").isTextual()) {
            throw new IllegalArgumentException("has a '" + name + "' that is no text");
        }
        return JsonText.bytes(fields, name);
    }

    private static String contentType(JsonNode fields) {
        String type = fields.path("contentType").asText(Value.DEFAULT_CONTENT_TYPE);
        if (!RequestBody.isContentType(type)) {
            throw new IllegalArgumentException("has a contentType that is not printable ASCII");
        }
        return type;
    }

    private static Optional<Instant> expiresAt(JsonNode fields) {
        if (!fields.has("expiresAt")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(fields.path("expiresAt").asText()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has an expiresAt that is no instant such as 2026-11-29T15:00:00Z");
        }
    }

    @Override
    public <T> T match(Function<KeyLine, T> ofKey, Function<EndLine, T> ofEnd) {
        return ofKey.apply(this);
    }
}
