package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The body of a batch: {@code {"operations": [...]}}. All operations are checked before any of them runs. */
final class BatchBody {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BatchBody() {}

    /** @throws BadRequest if any part of the body is wrong. The message says which */
    static List<BatchItem> parse(byte[] body, int valueBytesMax, long wallMs) {
        JsonNode operations = tree(body).path("operations");
        if (!operations.isArray() || operations.size() > ApiLimits.BATCH_OPERATIONS_MAX) {
            throw new BadRequest(
                    400,
                    "the body must be {\"operations\": [...]} with at most " + ApiLimits.BATCH_OPERATIONS_MAX
                            + " operations and nothing else. Nothing was applied");
        }
        List<BatchItem> items = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            try {
                items.add(BatchItem.parse(operations.get(i), valueBytesMax, wallMs));
            } catch (BadRequest e) {
                throw new BadRequest(400, "operations[" + i + "] " + e.getMessage() + ". Nothing was applied");
            }
        }
        return items;
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree.size() == 1 ? tree : MAPPER.missingNode();
        } catch (JsonProcessingException e) {
            throw new BadRequest(400, "the body is not JSON: " + e.getOriginalMessage() + ". Nothing was applied");
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always readable", e);
        }
    }
}
