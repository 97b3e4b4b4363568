package io.quorate.deploy.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Json;

/**
 * One key of a scan.
 *
 * @param line as the node sent it
 */
record ScanItem(String line, JsonNode fields) {
    byte[] key() {
        return Json.bytes(fields, "key");
    }

    String version() {
        return fields.path("version").asText();
    }

    byte[] value() {
        return Json.bytes(fields, "value");
    }

    byte[] json() {
        return (line + "\n").getBytes(UTF_8);
    }
}
