package io.quorate.deploy.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against nodes of which none answers before all are asked. */
final class ClusterMetricsTest {
    private static final int NODES = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    // The event loop owns it.
    private final List<HttpServerRequest> asked = new ArrayList<>();

    @AfterEach
    void stopNodes() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void allNodesAreAskedAtOnce() {
        List<Endpoint> nodes = Stream.generate(this::startNode).limit(NODES).toList();

        assertEquals(OptionalLong.of(30), mergeDebtBytes(nodes));
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotTakenForOneWithoutMerges() throws IOException {
        List<Endpoint> nodes =
                new ArrayList<>(Stream.generate(this::startNode).limit(NODES).toList());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nodes.add(new Endpoint("127.0.0.1", closed.getLocalPort()));
        }
        assertEquals(OptionalLong.empty(), mergeDebtBytes(nodes));
    }

    private static OptionalLong mergeDebtBytes(List<Endpoint> nodes) {
        return new ClusterMetrics(nodes, ClientTls.NONE, ClientToken.NONE).mergeDebtBytes();
    }

    private Endpoint startNode() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::ask)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new Endpoint("127.0.0.1", server.actualPort());
    }

    private void ask(HttpServerRequest request) {
        asked.add(request);
        if (asked.size() == NODES) {
            asked.forEach(each -> each.response().end("quorate_store_compaction_debt_bytes 10.0\n"));
        }
    }
}
