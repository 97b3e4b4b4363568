package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.client.Batch;
import io.quorate.client.BatchResult;
import io.quorate.client.Change;
import io.quorate.client.Condition;
import io.quorate.client.Consistency;
import io.quorate.client.Entry;
import io.quorate.client.Key;
import io.quorate.client.Page;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadFailedException;
import io.quorate.client.ScanRange;
import io.quorate.client.Value;
import io.quorate.client.Version;
import io.quorate.client.WriteOptions;
import io.quorate.client.WriteResult;
import io.quorate.client.WriteResult.Applied;
import io.quorate.client.WriteResult.ConditionFailed;
import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client for Java against real nodes: its recipes, and what it makes of nodes that die and hang. */
@Tag("faults")
final class JavaClientIT {
    private static final int CLIENTS = 8;
    private static final int INCREMENTS = 200;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final QuorateClient client = patient().build();

    private QuorateClient.Builder patient() {
        return QuorateClient.builder()
                .endpoint(URI.create(uri(n1)))
                .endpoint(URI.create(uri(n2)))
                .timeout(Duration.ofSeconds(60));
    }

    private static String uri(LocalNode node) {
        return "http://" + node.host() + ":" + node.httpPort();
    }

    @Test
    void aValueIsWrittenReadReplacedAndDeleted() {
        Key key = Key.of("a key/with ü and ..");
        assertEquals(Optional.empty(), client.get(key));
        assertTrue(client.put(key, Value.of("one")).orThrow().created());
        Entry entry = client.get(key).orElseThrow();
        assertEquals(Value.of("one"), entry.value());

        Applied replaced = client.putIf(key, Value.of(new byte[] {0, -1}), Condition.at(entry.version()))
                .orThrow();
        assertFalse(replaced.created());
        assertEquals(
                new ConditionFailed(replaced.version()),
                client.putIf(key, Value.of("x"), Condition.at(entry.version())));
        assertEquals(new ConditionFailed(replaced.version()), client.putIf(key, Value.of("x"), Condition.absent()));
        assertEquals(Value.of(new byte[] {0, -1}), client.get(key).orElseThrow().value());

        assertTrue(client.deleteIf(key, Condition.present()).isApplied());
        assertTrue(client.delete(key).isApplied());
        assertEquals(Optional.empty(), client.get(key, Consistency.ALL));
    }

    @Test
    void aValueEndsItsLife() {
        client.put(Key.of("brief"), Value.of("v"), WriteOptions.expiringAfter(Duration.ofDays(1)))
                .orThrow();
        assertTrue(client.get("brief").orElseThrow().expiresAt().isPresent());
    }

    @Test
    void theSameWriteWithTheSameKeyIsAppliedOnce() {
        Key key = Key.of("once");
        WriteOptions options = WriteOptions.DEFAULTS.withIdempotencyKey("order-17");
        Optional<Version> first =
                client.put(key, Value.of("v"), options).orThrow().version();
        Applied again = client.put(key, Value.of("v"), options).orThrow();
        assertTrue(again.replayed());
        assertEquals(first, again.version());
        assertEquals(
                422,
                assertInstanceOf(WriteResult.Refused.class, client.put(key, Value.of("other"), options))
                        .status());
    }

    /** The lock of the documentation: one of many gets it, and another one when it is free. */
    @Test
    void aLockHasOneHolder() {
        Key lock = Key.of("lock");
        WriteOptions life = WriteOptions.expiringAfter(Duration.ofMinutes(10));
        List<WriteResult> takers = IntStream.range(0, CLIENTS)
                .parallel()
                .mapToObj(i -> client.putIf(lock, Value.of("holder " + i), Condition.absent(), life))
                .toList();
        assertEquals(1, takers.stream().filter(WriteResult::isApplied).count(), takers::toString);
        Applied held = takers.stream()
                .filter(WriteResult::isApplied)
                .map(WriteResult::orThrow)
                .findAny()
                .orElseThrow();
        client.deleteIf(lock, Condition.at(held.version().orElseThrow())).orThrow();
        assertTrue(
                client.putIf(lock, Value.of("next"), Condition.absent(), life).isApplied());
    }

    /** The counter of the documentation. A sum that was lost on its way may be told no more. */
    @Test
    void manyCountWithOneKey() {
        QuorateClient waiting = patient().attemptTimeout(Duration.ofSeconds(50)).build();
        Key counter = Key.of("visits");
        List<Long> sums = IntStream.range(0, 2 * INCREMENTS)
                .parallel()
                .mapToObj(i -> waiting.change(
                        counter,
                        Change.add(1),
                        i % 2 == 0 ? WriteOptions.DEFAULTS : WriteOptions.DEFAULTS.atMostOnce()))
                .flatMap(result -> result.orThrow().sum().stream().boxed())
                .toList();
        assertEquals(sums.size(), sums.stream().distinct().count(), "each addition makes a number of its own");
        assertEquals(
                Integer.toString(2 * INCREMENTS),
                waiting.get(counter).orElseThrow().value().text());
        assertEquals(
                "out_of_bounds",
                assertInstanceOf(ConditionFailed.class, waiting.change(counter, Change.add(1, 0, 2 * INCREMENTS)))
                        .reason()
                        .orElseThrow());
    }

    @Test
    void aValueIsChangedByFunctions() {
        Key key = Key.of("changed");
        assertTrue(
                client.change(key, Change.putIfAbsent(Value.of("a"))).orThrow().created());
        client.change(key, Change.append(Value.of("b"))).orThrow();
        client.change(key, Change.putIfValue(Value.of("ab"), Value.of(new byte[] {-1})))
                .orThrow();
        assertEquals(
                "present",
                assertInstanceOf(ConditionFailed.class, client.change(key, Change.putIfAbsent(Value.of("c"))))
                        .reason()
                        .orElseThrow());
        assertEquals(Value.of(new byte[] {-1}), client.get(key).orElseThrow().value());
    }

    @Test
    void aRangeIsReadPageByPage() {
        Batch batch = new Batch();
        IntStream.range(0, 250)
                .mapToObj(i -> String.format("range/%03d", i))
                .forEach(key -> batch.put(Key.of(key), Value.of("of " + key)));
        List<BatchResult> results = client.batch(batch);
        assertTrue(
                results.stream()
                        .allMatch(result -> result instanceof BatchResult.Written written
                                && written.result().isApplied()),
                results::toString);

        List<Page.Item> all = client.scan(ScanRange.ofPrefix("range/")).toList();
        assertEquals(250, all.size());
        assertEquals(Value.of("of range/000"), all.get(0).value().orElseThrow());
        List<String> some = client.scan(ScanRange.ofPrefix("range/")
                        .from(Key.of("range/100"))
                        .before(Key.of("range/200"))
                        .withPageSize(30)
                        .descending()
                        .keysOnly())
                .map(item -> item.key().toString())
                .toList();
        assertEquals(
                IntStream.range(0, 100)
                        .mapToObj(i -> String.format("range/%03d", 199 - i))
                        .toList(),
                some);
    }

    @Test
    void aReadOfAWrongRangeSaysWhatIsWrong() {
        ReadFailedException failure =
                assertThrows(ReadFailedException.class, () -> client.page(ScanRange.ALL, Optional.of("no cursor")));
        assertEquals(400, failure.status());
    }

    /**
     * Each key has one writer, so a condition that fails, or a value that is not the number of increments, is a wrong
     * outcome: of a retry that was applied twice, or of one that was lost. One more counter is changed by all, by a
     * function.
     */
    @Test
    void noOutcomeIsWrongWhileNodesDieAndHang() {
        QuorateClient patient = patient().attemptTimeout(Duration.ofSeconds(1)).build();
        Map<Integer, Long> counts = new ConcurrentHashMap<>();
        try (ClosedLoop loop = ClosedLoop.start(CLIENTS, number -> increment(patient, number, counts))) {
            loop.awaitFurther(INCREMENTS);
            n1.kill();
            loop.awaitFurther(INCREMENTS);
            CLUSTER.startAndAwaitReady(n1);
            CLUSTER.awaitUp(n2, 3);
            n2.pause();
            loop.awaitFurther(INCREMENTS);
            n2.resume();
            loop.awaitFurther(INCREMENTS);
            loop.stop();
        } finally {
            n2.resume();
        }
        counts.forEach((number, count) -> assertEquals(
                Value.of(Long.toString(count)),
                patient.get("counter/" + number).orElseThrow().value()));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(
                Value.of(Long.toString(all)).text(),
                patient.get("counter").orElseThrow().value().text());
    }

    private static void increment(QuorateClient client, int number, Map<Integer, Long> counts) {
        Key counter = Key.of("counter/" + number);
        Optional<Entry> seen = client.get(counter);
        long next = seen.map(entry -> Long.parseLong(entry.value().text())).orElse(0L) + 1;
        Condition condition = seen.map(entry -> Condition.at(entry.version())).orElse(Condition.absent());
        client.putIf(counter, Value.of(Long.toString(next)), condition).orThrow();
        client.change(Key.of("counter"), Change.add(1)).orThrow();
        assertEquals(next, counts.merge(number, 1L, Long::sum));
    }
}
