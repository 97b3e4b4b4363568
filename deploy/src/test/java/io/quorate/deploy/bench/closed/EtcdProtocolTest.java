package io.quorate.deploy.bench.closed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.bench.etcd.EtcdProtocol;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes for etcd, read by the HTTP/2 server of Vert.x, which answers as gRPC does. */
@Timeout(60)
final class EtcdProtocolTest {
    private static final int KEYS = 200;
    private static final int VALUE_BYTES = 1_000;

    /** Of gRPC: not compressed, and the length of the message. */
    private static final int GRPC_HEAD_BYTES = 5;

    /** A tag, the length of the key, and the key. */
    private static final int KEY_AT = 2;

    /** A tag, the length of the value in two bytes, and the value. */
    private static final int VALUE_HEAD_BYTES = 3;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Integer> written = new ConcurrentHashMap<>();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private volatile boolean isFailing;
    private HttpServer server;

    @BeforeEach
    void startServer() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stopServer() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        if (request.version() != HttpVersion.HTTP_2
                || !"application/grpc".equals(request.getHeader("content-type"))
                || body.getByte(0) != 0
                || body.getInt(1) != body.length() - GRPC_HEAD_BYTES) {
            wrong.add(request.version() + " " + request.headers() + " " + body.length());
        }
        Buffer message = body.slice(GRPC_HEAD_BYTES, body.length());
        String key = message.getString(KEY_AT, KEY_AT + message.getByte(1), StandardCharsets.US_ASCII.name());
        HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
        if (isFailing) {
            response.putHeader("grpc-status", "14").end();
            return;
        }
        if (request.path().equals("/etcdserverpb.KV/Put")) {
            written.put(key, message.length() - KEY_AT - key.length() - VALUE_HEAD_BYTES);
            end(response, Buffer.buffer(new byte[] {0x0a, 0})); // a header
        } else if (request.path().equals("/etcdserverpb.KV/Range") && written.containsKey(key)) {
            end(response, Buffer.buffer(new byte[] {0x0a, 0, 0x12, 2, 0x0a, 0, 0x20, 1})); // header, kvs, count
        } else {
            end(response, Buffer.buffer(new byte[] {0x0a, 0}));
        }
    }

    private static void end(HttpServerResponse response, Buffer message) {
        response.write(Buffer.buffer().appendByte((byte) 0).appendInt(message.length()));
        response.write(message);
        response.putTrailer("grpc-status", "0").end();
    }

    private Workload workload(double readRatio) {
        Endpoint endpoint = new Endpoint("127.0.0.1", server.actualPort());
        return new Workload(
                List.of(endpoint), 8, readRatio, KEYS, KeyChoice.UNIFORM, VALUE_BYTES, new EtcdProtocol(), 1);
    }

    @Test
    void everyKeyIsWrittenOnceWithAWholeValue() throws Exception {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Tally filled = generator.fill(workload(0), done -> {}, () -> false);

            assertEquals(0, filled.errors(), wrong::toString);
            assertEquals(KEYS, written.size());
            assertEquals(Set.of(VALUE_BYTES), Set.copyOf(written.values()));
            assertEquals(Set.of(), wrong);
        }
    }

    @Test
    void aReadOfAMissingKeyIsCountedAsOne() throws Exception {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(1));
            awaitFinished(generator, loop);
            assertEquals(true, generator.onLoop(loop::notFound) > 0);
            generator.finish(loop);
            generator.fill(workload(0), done -> {}, () -> false);
            Loop again = generator.start(workload(1));
            awaitFinished(generator, again);
            assertEquals(0, generator.onLoop(again::notFound));
            generator.finish(again);
        }
    }

    @Test
    void anAnswerOfTrailersAloneIsAFailure() throws Exception {
        isFailing = true;
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(0));
            awaitFinished(generator, loop);
            generator.finish(loop);
            Tally tally = generator.span(loop);

            assertEquals(0, tally.successes());
            assertEquals(Set.of("500"), tally.of(RequestKind.WRITE).errors().keySet());
        }
    }

    private static void awaitFinished(LoadGenerator generator, Loop loop) {
        await().until(() -> generator.onLoop(() -> loop.finished() >= 100));
    }
}
