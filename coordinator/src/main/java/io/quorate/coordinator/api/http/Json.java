package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON as this API writes it. It is indented, since people read it. Bytes are text where they are UTF-8. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        try {
            node.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            node.put(name + "64", Base64.getEncoder().encodeToString(bytes));
        }
    }
}
