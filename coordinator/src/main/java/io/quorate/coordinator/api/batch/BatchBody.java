package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.JsonFields;
import io.quorate.coordinator.api.http.JsonFields.FieldValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the body of a batch, {@code {"operations": [...]}}, operation by operation. All operations are checked before
 * any of them runs. Each limit is judged before anything that exceeds it is kept. The caller may do other work between
 * two calls of {@link #readNext}.
 */
final class BatchBody {
    private static final JsonFactory PARSERS = JsonFields.parsers(8);

    private final JsonParser parser;
    private final int valueBytesMax;
    private final long wallMs;
    private final Consumer<BatchItem> judge;
    private final List<BatchItem> items = new ArrayList<>();
    private boolean begun;
    private boolean whole;

    /**
     * @param wallMs now, from which a {@code ttl} counts
     * @param judge throws {@link BadRequest} for an operation that its caller may not send
     */
    BatchBody(byte[] body, int valueBytesMax, long wallMs, Consumer<BatchItem> judge) {
        try {
            this.parser = PARSERS.createParser(body);
        } catch (IOException e) {
            throw alwaysReadable(e);
        }
        this.valueBytesMax = valueBytesMax;
        this.wallMs = wallMs;
        this.judge = judge;
    }

    /** @throws BadRequest if any part of the body is wrong. The message says which */
    static List<BatchItem> parse(byte[] body, int valueBytesMax, long wallMs) {
        BatchBody reader = new BatchBody(body, valueBytesMax, wallMs, item -> {});
        while (!reader.isWhole()) {
            reader.readNext();
        }
        return reader.items();
    }

    /** Whether the whole body has been read. */
    boolean isWhole() {
        return whole;
    }

    /** All operations, in their order, once the body is whole. */
    List<BatchItem> items() {
        return items;
    }

    /**
     * Reads one more operation, or the end.
     *
     * @throws BadRequest if it is wrong
     */
    void readNext() {
        try {
            if (!begun) {
                begin();
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                end();
            } else {
                readOperation(token);
            }
        } catch (JsonProcessingException e) {
            throw new BadRequest(400, "the body is not JSON: " + e.getOriginalMessage() + ". Nothing was applied");
        } catch (IOException e) {
            throw alwaysReadable(e);
        }
    }

    private static AssertionError alwaysReadable(IOException why) {
        return new AssertionError("an array of bytes is always readable", why);
    }

    private void begin() throws IOException {
        begun = true;
        require(parser.nextToken() == JsonToken.START_OBJECT);
        require(parser.nextToken() == JsonToken.FIELD_NAME
                && parser.currentName().equals("operations"));
        require(parser.nextToken() == JsonToken.START_ARRAY);
    }

    private void end() throws IOException {
        require(parser.nextToken() == JsonToken.END_OBJECT);
        require(parser.nextToken() == null);
        whole = true;
    }

    private static void require(boolean isBatch) {
        if (!isBatch) {
            throw new BadRequest(
                    400,
                    "the body must be {\"operations\": [...]} with at most " + ApiLimits.BATCH_OPERATIONS_MAX
                            + " operations and nothing else. Nothing was applied");
        }
    }

    private void readOperation(JsonToken token) throws IOException {
        require(token != null && items.size() < ApiLimits.BATCH_OPERATIONS_MAX);
        BatchItem item = readItem();
        try {
            judge.accept(item);
        } catch (BadRequest e) {
            throw new BadRequest(e.status(), "operations[" + items.size() + "]: " + e.getMessage());
        }
        items.add(item);
    }

    private BatchItem readItem() throws IOException {
        try {
            return BatchItem.of(JsonFields.read(parser, BatchItem.FIELDS, FieldValues.STRINGS), valueBytesMax, wallMs);
        } catch (BadRequest e) {
            throw new BadRequest(400, "operations[" + items.size() + "] " + e.getMessage() + ". Nothing was applied");
        }
    }
}
