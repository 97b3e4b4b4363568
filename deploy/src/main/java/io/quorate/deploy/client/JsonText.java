package io.quorate.deploy.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON as the API sends it, and as commands print it. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Refuses what the other one would drop: bytes behind the object, and a field that is there twice. */
    private static final ObjectReader STRICT = new JsonMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private JsonText() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws CommandFailure if it is no JSON: then {@code from} is no node of Quorate */
    public static JsonNode read(byte[] bytes, Endpoint from) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw CommandFailure.refused(
                    "the server at " + from + " is no node of Quorate: its answer is not JSON; see --endpoint");
        }
    }

    /** @throws JsonProcessingException if it is no JSON */
    public static JsonNode line(String line) throws JsonProcessingException {
        return MAPPER.readTree(line);
    }

    /** @throws IllegalArgumentException if it is not just one JSON value */
    public static JsonNode strict(byte[] line) {
        try {
            return STRICT.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("is no JSON");
        }
    }

    public static String indented(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code name} if the bytes are UTF-8, otherwise in Base64 as {@code name64}, as the API does it. */
    public static void putBytes(ObjectNode node, String name, byte[] bytes) {
        io.quorate.coordinator.api.http.Json.putBytes(node, name, bytes);
    }

    /** The inverse of {@link #putBytes}, or no bytes if there is neither. */
    public static byte[] bytes(JsonNode node, String name) {
        return node.has(name + "64")
                ? Base64.getDecoder().decode(node.get(name + "64").asText())
                : node.path(name).asText().getBytes(StandardCharsets.UTF_8);
    }
}
