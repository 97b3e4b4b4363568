package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules change between the head of a request, which they allow, and the end of its body. */
final class RevokedMeanwhileTest {
    private static final AccessRules BEFORE = rules("read", "write");

    private final AccessControl control = GuardedApi.control(BEFORE);
    private GuardedApi api;

    private static AccessRules rules(String... grants) {
        return new AccessRules(List.of(GuardedApi.entry("writer", List.of(grants))));
    }

    @BeforeEach
    void start() throws IOException {
        api = new GuardedApi(control);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** The only replica is down, which a batch says of each operation. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | PUT   | /v1/kv/a  | 1",
                "503 | PATCH | /v1/kv/a  | {\"append\":\"x\"}",
                "200 | POST  | /v1/batch | {\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"}]}"
            })
    void whatWasTakenBackWhileTheBodyCameIsNotUsed(int allowed, String method, String uri, String body) {
        assertEquals(allowed, statusOf(method, uri, body, BEFORE));
        assertEquals(403, statusOf(method, uri, body, rules("read", "write:else/")));
        assertEquals(401, statusOf(method, uri, body, new AccessRules(List.of())));
    }

    private int statusOf(String method, String uri, String body, AccessRules meanwhile) {
        control.use(BEFORE);
        Answer answer = api.sendInTwo(
                HttpMethod.valueOf(method),
                uri,
                Map.of("Authorization", "Bearer " + GuardedApi.tokenOf("writer"), "Content-Type", "application/json"),
                body,
                () -> control.use(meanwhile));
        return answer.status();
    }
}
