package io.quorate.deploy.data.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.JsonText;

/**
 * One key of a scan.
 *
 * @param line as the node sent it
 */
public record ScanItem(String line, JsonNode fields) {
    public byte[] key() {
        return JsonText.bytes(fields, "key");
    }

    String version() {
        return fields.path("version").asText();
    }

    byte[] value() {
        return JsonText.bytes(fields, "value");
    }

    public byte[] json() {
        return (line + "\n").getBytes(UTF_8);
    }
}
