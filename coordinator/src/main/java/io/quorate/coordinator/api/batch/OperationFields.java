package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.coordinator.api.http.BadRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one operation of a batch, as its JSON has them. All are strings. */
final class OperationFields {
    static final String IDEMPOTENCY_KEY = "idempotencyKey";
    static final Set<String> OF_GET = Set.of("op", "key", "key64");
    static final Set<String> OF_DELETE = Set.of("op", "key", "key64", IDEMPOTENCY_KEY);
    static final Set<String> OF_PUT =
            Set.of("op", "key", "key64", "value", "value64", "contentType", "ttl", IDEMPOTENCY_KEY);

    /** A put has all fields that there are. */
    private static final Set<String> KNOWN = OF_PUT;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** The first field that no operation has, or that is no string. It counts once the op is known. */
    private Optional<String> unknown = Optional.empty();

    private Optional<String> notText = Optional.empty();

    private OperationFields() {}

    /**
     * Reads an operation from its first token to its last.
     *
     * @throws BadRequest if it has too many fields, or one twice
     */
    static OperationFields read(JsonParser parser) throws IOException {
        OperationFields fields = new OperationFields();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return fields;
        }
        int count = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            count++;
            if (count > KNOWN.size()) {
                throw new BadRequest(400, "has more than " + KNOWN.size() + " fields");
            }
            fields.readField(parser, parser.currentName());
        }
        return fields;
    }

    private void readField(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.nextToken();
        if (!KNOWN.contains(name)) {
            unknown = unknown.or(() -> Optional.of(name));
            parser.skipChildren();
        } else if (token != JsonToken.VALUE_STRING) {
            notText = notText.or(() -> Optional.of(name));
            parser.skipChildren();
        } else if (texts.putIfAbsent(name, parser.getText()) != null) {
            throw new BadRequest(400, "has the field '" + name + "' twice");
        }
    }

    /** @throws BadRequest if a field is none of {@code allowed} */
    void requireOnly(Set<String> allowed, String op) {
        Optional<String> other = unknown.or(() ->
                texts.keySet().stream().filter(name -> !allowed.contains(name)).findFirst());
        if (other.isPresent()) {
            throw new BadRequest(
                    400,
                    "has the field '" + other.get() + "', which a " + op + " does not have; its fields are "
                            + allowed.stream().sorted().toList());
        }
    }

    /** @throws BadRequest if the field is there and no string */
    Optional<String> text(String name) {
        if (notText.isPresent() && notText.get().equals(name)) {
            throw new BadRequest(400, "has a " + name + " that is not a string");
        }
        return Optional.ofNullable(texts.get(name));
    }

    /** @throws BadRequest if any field is no string */
    void requireTexts() {
        notText.ifPresent(this::text);
    }
}
