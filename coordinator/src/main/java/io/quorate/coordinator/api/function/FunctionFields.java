package io.quorate.coordinator.api.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quorate.coordinator.api.http.BadRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a function, as its JSON has them: strings, whole numbers and {@code true}. */
final class FunctionFields {
    static final List<String> KNOWN = List.of(
            "add",
            "min",
            "max",
            "absent",
            "append",
            "append64",
            "value",
            "value64",
            "ifValue",
            "ifValue64",
            "ifAbsent",
            "contentType");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2)
                    .maxNameLength(256)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final Map<String, String> texts = new TreeMap<>();

    /** @throws BadRequest if the body is no JSON object, or has another field, or one twice */
    static FunctionFields read(byte[] body) {
        FunctionFields fields = new FunctionFields();
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong("the body must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.readField(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw wrong("the body has something behind its JSON object");
            }
        } catch (JsonProcessingException e) {
            throw wrong("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always readable", e);
        }
        return fields;
    }

    private void readField(JsonParser parser, String name) throws IOException {
        if (!KNOWN.contains(name)) {
            throw wrong("the field '" + name + "' is unknown; allowed are " + KNOWN);
        }
        JsonToken token = parser.nextToken();
        boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
        if (!isText && token != JsonToken.VALUE_TRUE) {
            throw wrong("the field '" + name + "' must be a string, a whole number or true");
        }
        if (texts.putIfAbsent(name, parser.getText()) != null) {
            throw wrong("the field '" + name + "' is there twice");
        }
    }

    static BadRequest wrong(String detail) {
        return new BadRequest(400, detail + ". Nothing was applied");
    }

    boolean has(String name) {
        return texts.containsKey(name);
    }

    /** Whether there are bytes: as {@code name}, or in Base64 as {@code name64}. */
    boolean hasBytes(String name) {
        return has(name) || has(name + "64");
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** @throws BadRequest if there is a field that is none of these */
    void requireOnly(String function, String... allowed) {
        List<String> names = List.of(allowed);
        texts.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("the field '" + name + "' does not go with " + function + "; its fields are " + names);
                });
    }

    /** @throws BadRequest if both forms are there, or the bytes cannot be had */
    byte[] bytes(String name) {
        if (has(name) && has(name + "64")) {
            throw wrong("write either " + name + " or " + name + "64");
        }
        return has(name) ? utf8(name) : base64(name + "64");
    }

    private byte[] utf8(String name) {
        String text = texts.get(name);
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw wrong("the field '" + name + "' is not Unicode text; write it as " + name + "64");
        }
        return text.getBytes(UTF_8);
    }

    private byte[] base64(String name) {
        try {
            return Base64.getDecoder().decode(texts.get(name));
        } catch (IllegalArgumentException e) {
            throw wrong("the field '" + name + "' is not Base64");
        }
    }
}
