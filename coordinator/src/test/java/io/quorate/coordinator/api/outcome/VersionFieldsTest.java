package io.quorate.coordinator.api.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.coordinator.api.http.Json;
import org.junit.jupiter.api.Test;

class VersionFieldsTest {
    private static ObjectNode fields(Version version) {
        ObjectNode node = Json.object();
        VersionFields.putFields(node, version);
        return node;
    }

    @Test
    void aTimestampTellsWhenAVersionWasWritten() {
        Version version = new Version(1_000L << 16, 2, 3, 0);
        ObjectNode fields = fields(version);
        assertEquals(version.toString(), fields.get("version").textValue());
        assertEquals("1970-01-01T00:00:01Z", fields.get("writtenAt").textValue());
    }

    /** As the first conditional write to a key gets it that was never written. */
    @Test
    void aVersionWithoutATimestampDoesNotTell() {
        Version version = Version.ZERO.nextStep();
        ObjectNode fields = fields(version);
        assertEquals(version.toString(), fields.get("version").textValue());
        assertEquals(1, fields.size(), fields::toString);
    }

    @Test
    void whatWasNeverWrittenHasNone() {
        assertEquals(0, fields(Version.ZERO).size());
    }
}
