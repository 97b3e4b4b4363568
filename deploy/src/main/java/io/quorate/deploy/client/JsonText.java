package io.quorate.deploy.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON as the API has it, and as commands print it: one line, or indented where people read it. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws CommandFailure if it is none: then no node of Quorate is at {@code from} */
    public static JsonNode read(byte[] bytes, Endpoint from) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw CommandFailure.refused(
                    "what answers at " + from + " is no node of Quorate: its answer is not JSON; see --endpoint");
        }
    }

    /** @throws JsonProcessingException if it is none */
    public static JsonNode line(String line) throws JsonProcessingException {
        return MAPPER.readTree(line);
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

    /** The inverse of {@link #putBytes}; no bytes if there is neither. */
    public static byte[] bytes(JsonNode node, String name) {
        return node.has(name + "64")
                ? Base64.getDecoder().decode(node.get(name + "64").asText())
                : node.path(name).asText().getBytes(StandardCharsets.UTF_8);
    }
}
