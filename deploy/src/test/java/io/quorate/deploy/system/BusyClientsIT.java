package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that keep the HTTP loop of a node busy. Its operators do not wait for them. */
final class BusyClientsIT {
    private static final int CLIENTS = 4;
    private static final int PROBES = 200;

    private static final int ADMIN_CONNECTIONS_MAX = 64;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void aBusyNodeAnswersOperators() throws IOException, InterruptedException {
        LocalNode busy = cluster.node(1);
        int adminPort = FreePorts.take(1).get(0);
        restartWithAdminPort(busy, adminPort);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> keepBusy(busy));
            }
            for (int i = 0; i < PROBES; i++) {
                assertAnswers(adminPort, "/health/live");
            }
            assertAnswers(adminPort, "/metrics");
        } finally {
            over.set(true);
            clients.shutdown();
            assertTrue(clients.awaitTermination(60, TimeUnit.SECONDS));
        }
    }

    /** A connection without a request would otherwise hold a descriptor, and those are for clients and peers. */
    @Test
    void oneAddressGetsFewConnectionsToTheAdminPort() throws IOException, InterruptedException {
        LocalNode node = cluster.node(1);
        int adminPort = FreePorts.take(1).get(0);
        restartWithAdminPort(node, adminPort);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < ADMIN_CONNECTIONS_MAX; i++) {
                idle.add(new Socket("127.0.0.1", adminPort));
            }
            try (Socket tooMany = new Socket("127.0.0.1", adminPort)) {
                tooMany.setSoTimeout(30_000);
                assertEquals(-1, tooMany.getInputStream().read());
            }
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertAnswers(adminPort, "/health/live"));
    }

    private void restartWithAdminPort(LocalNode node, int adminPort) {
        node.kill();
        node.setVariables(Map.of("QUORATE_ADMIN_PORT", Integer.toString(adminPort), "QUORATE_EVENT_LOOPS", "1"));
        cluster.startAndAwaitReady(node);
        cluster.nodes().forEach(each -> cluster.awaitUp(each, 3));
    }

    /** A batch that is refused, but only after much parsing on the event loop. */
    private void keepBusy(LocalNode node) {
        String fields = IntStream.range(0, 150_000)
                .mapToObj(number -> "\"field-" + number + "\":" + number)
                .collect(Collectors.joining(","));
        String body = "{\"operations\":[{\"op\":\"get\",\"key\":\"k\"," + fields + "}]}";
        while (!over.get()) {
            try {
                http.send(
                        request(node.httpPort(), "/v1/batch")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding());
            } catch (IOException e) {
                continue; // it was refused before its body had arrived
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void assertAnswers(int port, String path) throws IOException, InterruptedException {
        assertEquals(
                200,
                http.send(request(port, path).build(), BodyHandlers.discarding())
                        .statusCode());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }
}
