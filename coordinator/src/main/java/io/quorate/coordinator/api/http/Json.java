package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** JSON as this API writes it. It is indented, since people read it. Bytes are text where they are UTF-8. */
public final class Json {
    /**
     * The type of an explained answer about one key. Nobody takes such an answer for a value, which may be any JSON.
     */
    public static final String EXPLAINED = "application/vnd.quorate.explained+json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A longer value becomes text only when it is written. */
    private static final int SHORT_BYTES_MAX = 1 << 10;

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static Buffer bytes(ObjectNode node) {
        try {
            return Buffer.buffer(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node))
                    .appendString("\n");
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of plain nodes is always writable", e);
        }
    }

    /** One line with its line end. */
    public static byte[] line(ObjectNode node) {
        try {
            return (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of plain nodes is always writable", e);
        }
    }

    public static void putKey(ObjectNode node, Key key) {
        putBytes(node, "key", key.bytes());
    }

    /** As {@code name} if the bytes are UTF-8, otherwise in Base64 as {@code name64}. */
    public static void putBytes(ObjectNode node, String name, byte[] bytes) {
        JsonBytes content = JsonBytes.of(bytes);
        String field = content.isText() ? name : name + "64";
        if (bytes.length <= SHORT_BYTES_MAX) {
            node.put(field, content.toString());
        } else {
            node.putPOJO(field, content);
        }
    }
}
