package io.quorate.deploy.bench.closed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.bench.request.HttpProtocol;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that only remembers which keys it has seen. */
final class LoadGeneratorTest {
    private final Vertx vertx = Vertx.vertx();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    private volatile int failWith;
    private HttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (request.method() == HttpMethod.PUT) {
                        written.add(request.path());
                        lengths.add(body.length());
                    }
                    boolean found = written.contains(request.path());
                    request.response()
                            .setStatusCode(failWith != 0 ? failWith : found ? 200 : 404)
                            .end("answer");
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stopServer() {
        vertx.close();
    }

    @Test
    void fillingWritesEveryKeyOnce() throws Exception {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Tally filled = generator.fill(workload(0.5), done -> {}, () -> false);

            assertEquals(200, filled.of(RequestKind.WRITE).count());
            assertEquals(200, written.size());
            assertEquals(Set.of(100), lengths);
            assertEquals(0, filled.errors());
        }
    }

    @Test
    void fillingEndsEarlyWhenItIsInterrupted() throws Exception {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Tally filled = generator.fill(workload(0.5, Long.MAX_VALUE), done -> {}, () -> !written.isEmpty());

            assertEquals(0, filled.errors());
            assertTrue(filled.successes() >= 1, () -> "successes: " + filled.successes());
        }
    }

    @Test
    void aMixHasItsShareOfReads() throws Exception {
        Tally tally = run(workload(0.25), 4_000);
        double share = (double) tally.of(RequestKind.READ).count() / tally.successes();
        assertEquals(0.25, share, 0.05);
    }

    @Test
    void errorsAreCountedByStatus() throws Exception {
        failWith = 503;
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(1));
            awaitErrors(generator, loop);
            generator.finish(loop);
            assertEquals(
                    Set.of("503"),
                    generator.span(loop).of(RequestKind.READ).errors().keySet());
        }
    }

    @Test
    void aReportNamesWhatWasMeasured() throws Exception {
        Workload workload = workload(0.5);
        Report report = new Report(workload, run(workload, 1_000), OptionalDouble.of(1.25), 0);

        String table = String.join("\n", report.table());
        assertTrue(table.contains("8 clients, 50% reads, 200 uniform keys, 100-byte values"), table);
        assertTrue(table.contains("server CPU for 10,000 operations: 1.25 s"), table);
        assertEquals(2, report.jsonLines().size());
        assertTrue(
                report.jsonLines().get(0).startsWith("{\"kind\":\"read\",\"clients\":8,"),
                report.jsonLines().get(0));
    }

    private Tally run(Workload workload, long operations) throws InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload);
            await().until(() -> generator.onLoop(() -> loop.finished() >= operations));
            generator.finish(loop);
            return generator.span(loop);
        }
    }

    private static void awaitErrors(LoadGenerator generator, Loop loop) {
        await().until(() -> generator.onLoop(() -> loop.finished() >= 100));
    }

    private Workload workload(double readRatio) {
        return workload(readRatio, 200);
    }

    private Workload workload(double readRatio, long keys) {
        return new Workload(
                List.of(new Endpoint("127.0.0.1", server.actualPort())),
                8,
                readRatio,
                keys,
                KeyChoice.UNIFORM,
                100,
                new HttpProtocol(SharedHead.PLAIN),
                1);
    }
}
