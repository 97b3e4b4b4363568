package io.quorate.deploy.openapi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller sees no key that it may not read in what a node shows of the requests of others. */
@Timeout(60)
final class HiddenKeysTest {
    private static final AccessRules.Entry WRITER = GuardedApi.entry("writer", List.of("write"));
    private static final AccessRules.Entry WATCHER = GuardedApi.entry("watcher", List.of("observe", "read:open/"));
    private static final AccessRules.Entry BLIND = GuardedApi.entry("blind", List.of("observe"));

    private final AccessControl control = GuardedApi.control(new AccessRules(List.of(WRITER, WATCHER, BLIND)));
    private GuardedApi api;

    @BeforeEach
    void start() throws IOException {
        api = new GuardedApi(control);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aSlowRequestShowsItsKeyToThoseWhoMayReadIt() {
        failToWrite("open/door");
        failToWrite("closed/door");
        await().until(() -> slow("watcher").contains("open/door"));
        await().until(() -> slow("watcher").contains("keyHidden"));
        assertFalse(slow("watcher").contains("closed"), slow("watcher"));
        assertFalse(slow("blind").contains("door"), slow("blind"));
        assertEquals(2, new JsonObject(slow("blind")).getJsonArray("requests").size());
        assertFalse(slow("blind").contains("requestId"), slow("blind"));
        assertTrue(slow("watcher").contains("requestId"), slow("watcher"));
    }

    private void failToWrite(String key) {
        assertEquals(
                503,
                api.send(HttpMethod.PUT, "/v1/kv/" + key, as("writer"), "1").status());
    }

    private String slow(String who) {
        Answer answer = api.send(HttpMethod.GET, "/v1/slow", as(who), "");
        assertEquals(200, answer.status());
        return answer.body();
    }

    private static Map<String, String> as(String who) {
        return Map.of("Authorization", "Bearer " + GuardedApi.tokenOf(who));
    }

    @Test
    void anEventShowsItsKeyToThoseWhoMayReadIt() {
        StringBuffer toWatcher = watch("watcher");
        StringBuffer toBlind = watch("blind");
        failToWrite("open/door");
        failToWrite("closed/door");
        for (StringBuffer events : List.of(toWatcher, toBlind)) {
            await().until(() -> events.toString().split("event: request\n", -1).length == 3);
            assertFalse(events.toString().contains("closed"), events::toString);
        }
        assertTrue(toWatcher.toString().contains("open/door"), toWatcher::toString);
        assertFalse(toBlind.toString().contains("door"), toBlind::toString);
    }

    private StringBuffer watch(String who) {
        StringBuffer events = new StringBuffer();
        assertEquals(200, api.open("/v1/events", as(who), events::append).statusCode());
        await().until(() -> events.indexOf("event: hello") >= 0);
        return events;
    }

    @Test
    void aStreamOfEventsEndsSoonAfterItsCallerIsRevoked() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        StringBuffer events = new StringBuffer();
        api.open("/v1/events", as("blind"), events::append).end().onComplete(end -> ended.complete(null));
        await().until(() -> events.indexOf("event: cluster") >= 0);
        control.use(new AccessRules(List.of(WRITER, WATCHER)));
        await().until(ended::isDone);
        assertEquals(
                401, api.send(HttpMethod.GET, "/v1/events", as("blind"), "").status());
    }

    @Test
    void aStreamOfEventsEndsSoonAfterItsCallerLosesTheRole() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        api.open("/v1/events", as("blind"), event -> {}).end().onComplete(end -> ended.complete(null));
        control.use(new AccessRules(List.of(WRITER, GuardedApi.entry("blind", List.of("read")))));
        await().until(ended::isDone);
        assertEquals(
                403, api.send(HttpMethod.GET, "/v1/events", as("blind"), "").status());
    }
}
