package io.quorate.deploy.client;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something at an endpoint that answers every request with the same bytes, or with the end of the connection. */
public final class FakeNode implements AutoCloseable {
    private static final String REQUEST_ID = "Quorate-Request-Id: 0123456789abcdef\r\n";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final NetServer server;

    private FakeNode(String answer) {
        server = vertx.createNetServer().connectHandler(socket -> {
            Buffer received = Buffer.buffer();
            socket.handler(bytes -> {
                received.appendBuffer(bytes);
                if (isWhole(received.toString())) {
                    requests.add(received.toString());
                    socket.write(answer).onComplete(written -> socket.close());
                }
            });
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** @param headers each with its line end */
    public static FakeNode answering(String status, String headers, String body) {
        return stranger(status, REQUEST_ID + headers, body);
    }

    /** Answers as another server does: a proxy, or whoever has the port now. */
    public static FakeNode stranger(String status, String headers, String body) {
        return new FakeNode("HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** Refuses everything, as a node does. */
    public static FakeNode refusing(String status, String outcome) {
        String body = "{\"status\":" + status.substring(0, 3) + ",\"detail\":\"because\",\"outcome\":\"" + outcome
                + "\",\"retry\":\"safe\"}";
        return answering(status, "Content-Type: application/problem+json\r\n", body);
    }

    /** Reads the request, and then its process dies. */
    public static FakeNode dying() {
        return new FakeNode("");
    }

    /** Begins a stream of lines and dies. */
    public static FakeNode dyingAfter(String lines) {
        return new FakeNode("HTTP/1.1 200 OK\r\n" + REQUEST_ID + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n");
    }

    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.actualPort());
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        int length = request.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        if (end < 0 || length < 0) {
            return end >= 0;
        }
        String digits = request.substring(length + "content-length: ".length()).split("\r\n", 2)[0];
        return request.length() >= end + 4 + Integer.parseInt(digits.strip());
    }
}
