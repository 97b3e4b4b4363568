package io.quorate.deploy.data.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * The last line of an export. Without it the export was cut.
 *
 * @param keys how many lines with keys come before it
 */
record EndLine(long keys) implements TransferLine {
    static EndLine of(JsonNode fields) {
        if (!fields.path("end").asBoolean() || !fields.path("keys").isIntegralNumber() || fields.size() != 2) {
            throw new IllegalArgumentException("has the field 'end', but is no end: {\"end\":true,\"keys\":N}");
        }
        return new EndLine(fields.path("keys").asLong());
    }

    byte[] bytes() {
        return ("{\"end\":true,\"keys\":" + keys + "}\n").getBytes(UTF_8);
    }

    @Override
    public <T> T match(Function<KeyLine, T> ofKey, Function<EndLine, T> ofEnd) {
        return ofEnd.apply(this);
    }
}
