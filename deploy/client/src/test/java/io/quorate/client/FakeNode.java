package io.quorate.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test says, and keeps what it was asked. */
final class FakeNode implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> idempotencyKeys = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    FakeNode(Script script) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/v1/cluster")) {
                reply(503, Map.of(), "").answer(exchange);
            } else {
                record(exchange);
                script.answer(exchange);
            }
        });
        server.start();
    }

    private void record(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String uri = exchange.getRequestURI().toString().replaceFirst("[?&]timeout=[0-9]+ms$", "");
        requests.add((exchange.getRequestMethod() + " " + uri + " " + body).strip());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key != null) {
            idempotencyKeys.add(key);
        }
    }

    /** Tells a client of other nodes. */
    void tell(String cluster) {
        server.createContext(
                "/v1/cluster", exchange -> reply(200, Map.of(), cluster).answer(exchange));
    }

    /** Answers as a node does, which names each request. */
    static Script reply(int status, Map<String, String> headers, String body) {
        Script answer = stranger(status, headers, body);
        return exchange -> {
            exchange.getResponseHeaders().set("Quorate-Request-Id", "0123456789abcdef");
            answer.answer(exchange);
        };
    }

    /** Answers as another server does: a proxy, or whoever has the port now. */
    static Script stranger(int status, Map<String, String> headers, String body) {
        return exchange -> {
            try (exchange) {
                headers.forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Script problem(int status, String outcome) {
        return reply(
                status,
                Map.of("Content-Type", "application/problem+json"),
                "{\"detail\":\"for a test\",\"outcome\":\"" + outcome + "\"}");
    }

    /** Says that the key has no value, as a read of a quorum does. */
    static Script absent() {
        return reply(404, Map.of("Quorate-Evidence", "level=linearizable"), "");
    }

    /** Closes the connection without an answer. */
    static Script hangUp() {
        return HttpExchange::close;
    }

    /** Sends the head of an answer and the first byte of its body, and nothing more before {@code closed} falls. */
    static Script stall(CountDownLatch closed) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** The first request is answered by the first script, and so on. The last script answers all others too. */
    static Script inTurn(Script... scripts) {
        int[] asked = {0};
        return exchange -> {
            Script script;
            synchronized (asked) {
                script = scripts[Math.min(asked[0]++, scripts.length - 1)];
            }
            script.answer(exchange);
        };
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> requests() {
        return requests;
    }

    List<String> idempotencyKeys() {
        return idempotencyKeys;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
