package io.quorate.coordinator.api.batch;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.JsonFields;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.TimeToLive;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One operation of a batch.
 *
 * @param content what to write, or empty for a get
 * @param ttlMs time to live of the value, or empty if it stays
 * @param idempotencyKey its own, or that of the batch at its position
 * @param showsPast whether its caller may learn if the key had a value before
 */
record BatchItem(
        String op,
        Key key,
        Optional<Content> content,
        OptionalLong ttlMs,
        Optional<IdempotencyKey> idempotencyKey,
        boolean showsPast) {
    private static final String IDEMPOTENCY_KEY = "idempotencyKey";
    private static final Set<String> OF_GET = Set.of("op", "key", "key64");
    private static final Set<String> OF_DELETE = Set.of("op", "key", "key64", IDEMPOTENCY_KEY);
    private static final Set<String> OF_PUT =
            Set.of("op", "key", "key64", "value", "value64", "contentType", "ttl", IDEMPOTENCY_KEY);

    /** A put has all fields that there are. */
    static final Set<String> FIELDS = OF_PUT;

    BatchItem(
            String op,
            Key key,
            Optional<Content> content,
            OptionalLong ttlMs,
            Optional<IdempotencyKey> idempotencyKey) {
        this(op, key, content, ttlMs, idempotencyKey, true);
    }

    /**
     * @param wallMs now, from which a {@code ttl} counts
     * @throws BadRequest if it is not an operation. The message continues the caller's "operations[3] ..."
     */
    static BatchItem of(JsonFields fields, int valueBytesMax, long wallMs) {
        String op =
                fields.text("op").orElseThrow(() -> new BadRequest(400, "has no op; allowed are get, put and delete"));
        fields.requireOnly(allowed(op), "a " + op);
        byte[] key = fields.bytes("key");
        if (key.length == 0 || key.length > Key.BYTES_MAX) {
            throw new BadRequest(400, "has a key of " + key.length + " bytes; a key has 1 to " + Key.BYTES_MAX);
        }
        Optional<Content> content =
                switch (op) {
                    case "put" -> Optional.of(value(fields, valueBytesMax, wallMs));
                    case "delete" -> Optional.of(Tombstone.TOMBSTONE);
                    default -> Optional.empty();
                };
        return new BatchItem(op, Key.of(key), content, ttlMs(fields), idempotencyKey(fields));
    }

    private static Set<String> allowed(String op) {
        return switch (op) {
            case "put" -> OF_PUT;
            case "delete" -> OF_DELETE;
            case "get" -> OF_GET;
            default -> throw new BadRequest(400, "has the op '" + op + "'; allowed are get, put and delete");
        };
    }

    private static Optional<IdempotencyKey> idempotencyKey(JsonFields fields) {
        Optional<String> key = fields.text(IDEMPOTENCY_KEY);
        if (key.isPresent() && !IdempotencyKey.isAllowed(key.get())) {
            throw new BadRequest(
                    400,
                    "has an " + IDEMPOTENCY_KEY + " that is not 1 to " + IdempotencyKey.CHARS_MAX
                            + " printable ASCII characters");
        }
        return key.map(IdempotencyKey::new);
    }

    /** With the batch's idempotency key at its position, unless it is a get or has a key of its own. */
    BatchItem withKeyOf(IdempotencyKey batch, int position) {
        return content.isEmpty() || idempotencyKey.isPresent()
                ? this
                : new BatchItem(op, key, content, ttlMs, Optional.of(batch.at(position)), showsPast);
    }

    BatchItem withoutPast() {
        return new BatchItem(op, key, content, ttlMs, idempotencyKey, false);
    }

    boolean isRead() {
        return content.isEmpty();
    }

    private static Value value(JsonFields fields, int valueBytesMax, long wallMs) {
        byte[] bytes = fields.bytes("value");
        if (bytes.length > valueBytesMax) {
            throw new BadRequest(
                    400,
                    "has a value of " + bytes.length + " bytes; valueBytesMax of this cluster allows " + valueBytesMax);
        }
        String contentType = fields.text("contentType").orElse(Value.DEFAULT_CONTENT_TYPE);
        if (!RequestBody.isContentType(contentType)) {
            throw new BadRequest(
                    400,
                    "has a contentType that is not 1 to " + Value.CONTENT_TYPE_BYTES_MAX
                            + " printable ASCII characters");
        }
        return Value.of(bytes, contentType, expiry(fields, wallMs));
    }

    private static OptionalLong ttlMs(JsonFields fields) {
        Optional<String> ttl = fields.text("ttl");
        if (ttl.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(TimeToLive.parseMs(ttl.get())
                .orElseThrow(() -> new BadRequest(400, "has the ttl '" + ttl.get() + "'; " + TimeToLive.ALLOWED)));
    }

    private static long expiry(JsonFields fields, long wallMs) {
        OptionalLong ttlMs = ttlMs(fields);
        return ttlMs.isEmpty() ? Value.NEVER_EXPIRES : wallMs + ttlMs.getAsLong();
    }
}
