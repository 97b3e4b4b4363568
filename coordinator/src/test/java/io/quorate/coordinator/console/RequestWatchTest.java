package io.quorate.coordinator.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.text.ConstantText;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.vertx.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests of a node {@code /v1/slow} keeps, and how soon. */
class RequestWatchTest {
    private static final NodeId ID = new NodeId("n1");
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    /** Longer than a failed request waits for replicas, and shorter than a slow one does. */
    private static final Duration SOON = Duration.ofMillis(900);

    private final Console console = new Console(ID, new ClusterId("c"), SystemClock.INSTANCE, 500, new ClientLoad());
    private final CompletableFuture<Context> loop = new CompletableFuture<>();
    private final HttpServerUnderTest server = new HttpServerUnderTest(context -> {
        loop.complete(context);
        return HttpServerUnderTest.of(console.slowRequests());
    });

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRefusalThatIsOfOneKeyTakesNoPlaceOfAnOutage() throws IOException {
        OperationObserver watch = console.watchOn(loop.join());
        refuseThree(watch, SystemClock.INSTANCE);
        await().until(() -> slow().contains("\"no quorum\""));
        assertFalse(slow().contains("contention"), slow());
        assertFalse(slow().contains("key reused"), slow());
    }

    @Test
    void aRefusalThatIsOfOneKeyIsNoFailureOfTheCluster() {
        SettableClock clock = new SettableClock();
        ConsoleState state = new ConsoleState(ID, new ClusterId("c"), clock, 500, new ClientLoad());
        OperationObserver watch = new RequestWatch(state, loop.join(), 500);
        refuseThree(watch, clock);
        clock.pass(1_000);
        JsonNode rates = state.rates().endInterval();
        assertEquals(1, rates.get("failedPerS").asDouble());
        assertEquals(2, rates.get("writesPerS").asDouble());
    }

    /** The page turns red by the others. */
    @Test
    void thePageKnowsWhichRefusalsAreOfOneKey() throws IOException {
        Set<String> ofOneKey = Stream.of(RefusalReason.values())
                .filter(RefusalReason::isOfOneKey)
                .map(ConstantText::spaced)
                .collect(Collectors.toSet());
        try (InputStream script = Console.class.getResourceAsStream("/console/js/outages.js")) {
            Matcher list = Pattern.compile("const OF_ONE_KEY = \\[(.*)];")
                    .matcher(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            assertTrue(list.find());
            assertEquals(ofOneKey, Set.of(list.group(1).replace("'", "").split(", ")));
        }
    }

    @Test
    void aFailedRequestDoesNotWaitForASilentReplicaAsLongAsASlowOne() {
        CompletableFuture<Long> failedNs = new CompletableFuture<>();
        Context context = loop.join();
        context.runOnContext(onLoop -> new AbsentReplica(ID, Reachability.UP)
                .coordinatorOn(context, console.watchOn(context))
                .read(KEY, OPTIONS, outcome -> failedNs.complete(SystemClock.INSTANCE.monotonicNs())));
        failedNs.join();
        await().pollInterval(Duration.ofMillis(20)).until(() -> slow().contains("\"no quorum\""));
        Duration shown = Duration.ofNanos(SystemClock.INSTANCE.monotonicNs() - failedNs.join());
        assertTrue(shown.compareTo(SOON) < 0, () -> "shown after " + shown);
    }

    /** Two of them are of one key. */
    private void refuseThree(OperationObserver watch, Clock clock) {
        Evidence evidence = new Evidence(ID, List.of(), 1, clock.monotonicNs());
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.join().runOnContext(onLoop -> {
            for (RefusalReason reason :
                    List.of(RefusalReason.CONTENTION, RefusalReason.KEY_REUSED, RefusalReason.NO_QUORUM)) {
                Outcome refused = new Outcome.Refused(reason, evidence);
                watch.ended(OperationKind.CONDITIONAL_WRITE, Optional.of(KEY), OPTIONS, refused);
            }
            ended.complete(null);
        });
        ended.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private String slow() throws IOException {
        return server.answer("GET /v1/slow", "Host: n1");
    }
}
