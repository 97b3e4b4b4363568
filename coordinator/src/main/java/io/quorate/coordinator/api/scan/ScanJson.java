package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.replica.ClusterTime;
import java.util.List;
import java.util.Optional;

/** The JSON that a page and a stream of lines share: one key of a scan, and the cursor to the rest. */
final class ScanJson {
    private ScanJson() {}

    static ObjectNode item(ScanEntry entry, ClusterTime time) {
        ObjectNode item = Json.object();
        Json.putKey(item, entry.key());
        item.put("version", entry.version().toString());
        entry.value().ifPresent(value -> {
            if (!value.contentType().equals(Value.DEFAULT_CONTENT_TYPE)) {
                item.put("contentType", value.contentType());
            }
            ExpiryFields.putFields(item, value, time);
            Json.putBytes(item, "value", value.bytes());
        });
        return item;
    }

    /** How many bytes of values a page has. */
    static long valueBytes(List<ScanEntry> entries) {
        long bytes = 0;
        for (ScanEntry entry : entries) {
            bytes += entry.value().map(value -> value.bytes().length).orElse(0);
        }
        return bytes;
    }

    static void putNext(ObjectNode node, Optional<String> cursor) {
        cursor.ifPresentOrElse(next -> node.put("next", next), () -> node.putNull("next"));
    }
}
