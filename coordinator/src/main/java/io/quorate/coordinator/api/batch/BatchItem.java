package io.quorate.coordinator.api.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.TimeToLive;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One operation of a batch.
 *
 * @param content what to write, or empty for a get
 * @param ttlMs time to live of the value, or empty if it stays
 * @param idempotencyKey its own, or that of the batch at its position
 */
record BatchItem(
        String op, Key key, Optional<Content> content, OptionalLong ttlMs, Optional<IdempotencyKey> idempotencyKey) {
    private static final String IDEMPOTENCY_KEY = "idempotencyKey";
    private static final Set<String> GET_FIELDS = Set.of("op", "key", "key64");
    private static final Set<String> DELETE_FIELDS = Set.of("op", "key", "key64", IDEMPOTENCY_KEY);
    private static final Set<String> PUT_FIELDS =
            Set.of("op", "key", "key64", "value", "value64", "contentType", "ttl", IDEMPOTENCY_KEY);

    /**
     * @param wallMs now, from which a {@code ttl} counts
     * @throws BadRequest if it is not an operation. The message continues the caller's "operations[3] ..."
     */
    static BatchItem parse(JsonNode node, int valueBytesMax, long wallMs) {
        String op =
                text(node, "op").orElseThrow(() -> new BadRequest(400, "has no op; allowed are get, put and delete"));
        if (!op.equals("get") && !op.equals("put") && !op.equals("delete")) {
            throw new BadRequest(400, "has the op '" + op + "'; allowed are get, put and delete");
        }
        refuseUnknown(node, fields(op), op);
        byte[] key = bytes(node, "key");
        if (key.length == 0 || key.length > Key.BYTES_MAX) {
            throw new BadRequest(400, "has a key of " + key.length + " bytes; a key has 1 to " + Key.BYTES_MAX);
        }
        Optional<Content> content =
                switch (op) {
                    case "put" -> Optional.of(value(node, valueBytesMax, wallMs));
                    case "delete" -> Optional.of(Tombstone.TOMBSTONE);
                    default -> Optional.empty();
                };
        return new BatchItem(op, Key.of(key), content, ttlMs(node), idempotencyKey(node));
    }

    private static Set<String> fields(String op) {
        return switch (op) {
            case "put" -> PUT_FIELDS;
            case "delete" -> DELETE_FIELDS;
            default -> GET_FIELDS;
        };
    }

    private static Optional<IdempotencyKey> idempotencyKey(JsonNode node) {
        Optional<String> key = text(node, IDEMPOTENCY_KEY);
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
                : new BatchItem(op, key, content, ttlMs, Optional.of(batch.at(position)));
    }

    private static void refuseUnknown(JsonNode node, Set<String> known, String op) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new BadRequest(
                        400,
                        "has the field '" + name + "', which a " + op + " does not have; its fields are "
                                + known.stream().sorted().toList());
            }
        }
    }

    private static Value value(JsonNode node, int valueBytesMax, long wallMs) {
        byte[] bytes = bytes(node, "value");
        if (bytes.length > valueBytesMax) {
            throw new BadRequest(
                    400,
                    "has a value of " + bytes.length + " bytes; valueBytesMax of this cluster allows " + valueBytesMax);
        }
        String contentType = text(node, "contentType").orElse(Value.DEFAULT_CONTENT_TYPE);
        if (!RequestBody.isContentType(contentType)) {
            throw new BadRequest(
                    400,
                    "has a contentType that is not 1 to " + Value.CONTENT_TYPE_BYTES_MAX
                            + " printable ASCII characters");
        }
        return Value.of(bytes, contentType, expiry(node, wallMs));
    }

    private static OptionalLong ttlMs(JsonNode node) {
        Optional<String> ttl = text(node, "ttl");
        if (ttl.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(TimeToLive.parseMs(ttl.get())
                .orElseThrow(() -> new BadRequest(400, "has the ttl '" + ttl.get() + "'; " + TimeToLive.ALLOWED)));
    }

    private static long expiry(JsonNode node, long wallMs) {
        OptionalLong ttlMs = ttlMs(node);
        return ttlMs.isEmpty() ? Value.NEVER_EXPIRES : wallMs + ttlMs.getAsLong();
    }

    /** From {@code name}, which is text, or {@code name64}, which is Base64. Exactly one of them must be there. */
    private static byte[] bytes(JsonNode node, String name) {
        Optional<String> text = text(node, name);
        Optional<String> base64 = text(node, name + "64");
        if (text.isPresent() == base64.isPresent()) {
            throw new BadRequest(400, "needs either " + name + " or " + name + "64");
        }
        if (text.isPresent()) {
            return utf8(text.get(), name);
        }
        try {
            return Base64.getDecoder().decode(base64.orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new BadRequest(400, "has a " + name + "64 that is not Base64");
        }
    }

    /** Half a surrogate pair, which JSON can spell, has no bytes. */
    private static byte[] utf8(String text, String name) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new BadRequest(400, "has a " + name + " that is not Unicode text; write it as " + name + "64");
        }
        return text.getBytes(UTF_8);
    }

    private static Optional<String> text(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            return Optional.empty();
        }
        if (!field.isTextual()) {
            throw new BadRequest(400, "has a " + name + " that is not a string");
        }
        return Optional.of(field.textValue());
    }
}
