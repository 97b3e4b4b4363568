package io.quorate.coordinator.api.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBodyTest {
    private static final long NOW_MS = 1_000_000;

    @Test
    void operationsAreReadInTheirOrder() {
        List<BatchItem> items = parse("""
            {"operations": [
              {"op": "put", "key": "a", "value": "ü", "contentType": "text/plain", "ttl": "30s"},
              {"op": "put", "key64": "AP8=", "value64": "/wA="},
              {"op": "get", "key": "b"},
              {"op": "delete", "key": "c", "idempotencyKey": "d-1"}]}
            """);
        assertEquals(
                List.of(
                        new BatchItem(
                                "put",
                                Key.of("a"),
                                Optional.of(Value.of("ü".getBytes(UTF_8), "text/plain", NOW_MS + 30_000)),
                                OptionalLong.of(30_000),
                                Optional.empty()),
                        new BatchItem(
                                "put",
                                Key.of(new byte[] {0, -1}),
                                Optional.of(Value.of(new byte[] {-1, 0}, Value.DEFAULT_CONTENT_TYPE)),
                                OptionalLong.empty(),
                                Optional.empty()),
                        new BatchItem("get", Key.of("b"), Optional.empty(), OptionalLong.empty(), Optional.empty()),
                        new BatchItem(
                                "delete",
                                Key.of("c"),
                                Optional.of(Tombstone.TOMBSTONE),
                                OptionalLong.empty(),
                                Optional.of(new IdempotencyKey("d-1")))),
                items);
    }

    @Test
    void aBatchMayBeEmpty() {
        assertEquals(List.of(), parse("{\"operations\": []}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"operations\": {}}",
                "{\"operations\": [], \"atomic\": true}",
                "{\"operations\": []} x",
                "{\"operations\": [], \"operations\": []}"
            })
    void aBodyThatIsNoBatchIsRefused(String body) {
        BadRequest refusal = assertThrows(BadRequest.class, () -> parse(body));
        assertTrue(refusal.getMessage().contains("Nothing was applied"), refusal.getMessage());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1                                                     | has no op",
                "{'key': 'a'}                                          | has no op",
                "{'op': 'cas', 'key': 'a'}                             | the op 'cas'",
                "{'op': 'get'}                                         | either key or key64",
                "{'op': 'get', 'key': 'a', 'key64': 'YQ=='}            | either key or key64",
                "{'op': 'get', 'key': ''}                              | a key of 0 bytes",
                "{'op': 'get', 'key': 7}                               | a key that is not a string",
                "{'op': 'get', 'key': '\\ud800'}                       | not Unicode",
                "{'op': 'get', 'key64': '*'}                           | not Base64",
                "{'op': 'get', 'key': 'a', 'value': 'v'}               | the field 'value'",
                "{'op': 'put', 'key': 'a'}                             | either value or value64",
                "{'op': 'put', 'key': 'a', 'value': null}              | a value that is not a string",
                "{'op': 'put', 'key': 'a', 'value': 'four+'}           | a value of 5 bytes",
                "{'op': 'put', 'key': 'a', 'value': '', 'ttl': '1'}    | the ttl '1'",
                "{'op': 'put', 'key': 'a', 'value': '', 'ttl': '0s'}   | the ttl '0s'",
                "{'op': 'put', 'key': 'a', 'value': '', 'contentType': ''} | a contentType",
            })
    void anOperationThatIsWrongIsNamedByItsPlace(String operation, String reason) {
        String body = "{\"operations\": [{\"op\": \"get\", \"key\": \"fine\"}, " + operation.replace('\'', '"') + "]}";
        BadRequest refusal = assertThrows(BadRequest.class, () -> BatchBody.parse(body.getBytes(UTF_8), 4, NOW_MS));
        assertEquals(400, refusal.status());
        assertTrue(
                refusal.getMessage().startsWith("operations[1] ")
                        && refusal.getMessage().replace('"', '\'').contains(reason),
                refusal.getMessage());
    }

    @Test
    void moreOperationsThanAllowedAreRefused() {
        String operation = "{\"op\": \"get\", \"key\": \"a\"}";
        String most = operation + (", " + operation).repeat(ApiLimits.BATCH_OPERATIONS_MAX - 1);
        assertEquals(
                ApiLimits.BATCH_OPERATIONS_MAX,
                parse("{\"operations\": [" + most + "]}").size());
        assertThrows(BadRequest.class, () -> parse("{\"operations\": [" + most + ", " + operation + "]}"));
    }

    private static List<BatchItem> parse(String body) {
        return BatchBody.parse(body.getBytes(UTF_8), 1024, NOW_MS);
    }
}
