package io.quorate.coordinator.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A real HTTP server on one event loop, and requests of which a test writes every byte. */
public final class HttpServerUnderTest implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    final int port;

    /** @param creation makes what answers, on the event loop that it answers on */
    public HttpServerUnderTest(Function<Context, Handler<HttpServerRequest>> creation) {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        Context loop = vertx.getOrCreateContext();
        loop.runOnContext(started -> vertx.createHttpServer()
                .requestHandler(creation.apply(loop))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> listening.complete(server.actualPort()))
                .onFailure(listening::completeExceptionally));
        port = listening.join();
    }

    public static Handler<HttpServerRequest> of(HttpEndpoint endpoint) {
        RouteTable table = new RouteTable(endpoint.routes());
        AccessCheck check = AccessCheck.none();
        return request -> {
            try {
                table.handle(request, check);
            } catch (BadRequest e) {
                Problem.refuse(request.response(), e.status(), e.getMessage());
            }
        };
    }

    public String uri() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** The whole answer, as text. */
    public String answer(String requestLine, String... headers) throws IOException {
        try (Socket socket = send(requestLine, headers)) {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    Socket send(String requestLine, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        String head = requestLine + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers);
        socket.getOutputStream().write((head.strip() + "\r\n\r\n").getBytes(ISO_8859_1));
        return socket;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
