package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one object in the body of a request, as text. The messages of its {@link BadRequest}s continue a
 * sentence of the caller, such as "operations[3] ..." or "the function ...".
 */
public final class JsonFields {
    private final FieldValues values;
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** The first field that no such object has, or of another type. It counts once the caller knows what is allowed. */
    private Optional<String> unknown = Optional.empty();

    private Optional<String> ofOtherType = Optional.empty();

    /** What a field may be. */
    public enum FieldValues {
        STRINGS(Set.of(JsonToken.VALUE_STRING), "a string"),
        STRINGS_NUMBERS_OR_TRUE(
                Set.of(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_TRUE),
                "a string, a whole number or true");

        private final Set<JsonToken> tokens;
        private final String words;

        FieldValues(Set<JsonToken> tokens, String words) {
            this.tokens = tokens;
            this.words = words;
        }
    }

    private JsonFields(FieldValues values) {
        this.values = values;
    }

    /**
     * Makes parsers for bodies. Names that a client chooses are not kept in tables: names of one hash would make a
     * table a long list.
     */
    public static JsonFactory parsers(int nestingMax) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(nestingMax)
                        .maxNameLength(256)
                        .maxNumberLength(100)
                        .build())
                .build();
    }

    /**
     * Reads an object from its first token to its last. Anything else has no fields.
     *
     * @param known all fields that such an object may have
     * @throws BadRequest if it has too many fields, or one twice
     */
    public static JsonFields read(JsonParser parser, Set<String> known, FieldValues values) throws IOException {
        JsonFields fields = new JsonFields(values);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return fields;
        }
        int count = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            count++;
            if (count > known.size()) {
                throw wrong("has more than " + known.size() + " fields");
            }
            fields.readField(parser, parser.currentName(), known);
        }
        return fields;
    }

    private void readField(JsonParser parser, String name, Set<String> known) throws IOException {
        JsonToken token = parser.nextToken();
        if (!known.contains(name)) {
            unknown = unknown.or(() -> Optional.of(name));
            parser.skipChildren();
        } else if (!values.tokens.contains(token)) {
            ofOtherType = ofOtherType.or(() -> Optional.of(name));
            parser.skipChildren();
        } else if (texts.putIfAbsent(name, parser.getText()) != null) {
            throw wrong("has the field '" + name + "' twice");
        }
    }

    private static BadRequest wrong(String detail) {
        return new BadRequest(400, detail);
    }

    /**
     * @param what has these fields, for the message
     * @throws BadRequest if there is a field that is none of them, or of another type
     */
    public void requireOnly(Set<String> allowed, String what) {
        unknown.or(() -> texts.keySet().stream()
                        .filter(name -> !allowed.contains(name))
                        .findFirst())
                .ifPresent(name -> {
                    throw wrong("has the field '" + name + "', which " + what + " does not have; its fields are "
                            + allowed.stream().sorted().toList());
                });
        ofOtherType.ifPresent(this::text);
    }

    /** With its article, for messages. */
    public static String named(String field) {
        return ("aeiou".indexOf(field.charAt(0)) >= 0 ? "an " : "a ") + field;
    }

    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /** @throws BadRequest if the field is there, and of another type */
    public Optional<String> text(String name) {
        if (ofOtherType.filter(name::equals).isPresent()) {
            throw wrong("has " + named(name) + " that is not " + values.words);
        }
        return Optional.ofNullable(texts.get(name));
    }

    /** Whether there are bytes: as {@code name}, or in Base64 as {@code name64}. */
    public boolean hasBytes(String name) {
        return has(name) || has(name + "64");
    }

    /**
     * From {@code name}, which is text, or {@code name64}, which is Base64.
     *
     * @throws BadRequest if both are there or none, or the bytes cannot be had
     */
    public byte[] bytes(String name) {
        if (has(name) == has(name + "64")) {
            throw wrong("needs either " + name + " or " + name + "64");
        }
        return has(name) ? utf8(name) : base64(name + "64");
    }

    /** Half a surrogate pair, which JSON can spell, has no bytes. */
    private byte[] utf8(String name) {
        String text = texts.get(name);
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw wrong("has " + named(name) + " that is not Unicode text; write it as " + name + "64");
        }
        return text.getBytes(UTF_8);
    }

    private byte[] base64(String name) {
        try {
            return Base64.getDecoder().decode(texts.get(name));
        } catch (IllegalArgumentException e) {
            throw wrong("has " + named(name) + " that is not Base64");
        }
    }
}
