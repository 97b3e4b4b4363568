package io.quorate.deploy.client;

import io.quorate.deploy.client.http.HttpRequest;
import io.quorate.deploy.client.http.HttpResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The requests under way, each with a connection and a thread of its own. So the caller can wait for a limited time,
 * and for several answers.
 */
final class Exchanges implements AutoCloseable {
    static final int CONNECT_TIMEOUT_MS = 2_000;

    private final ExecutorService threads = Executors.newCachedThreadPool(Exchanges::thread);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final EndpointSockets sockets;
    private final ClientToken token;

    /** @throws io.quorate.deploy.terminal.CommandFailure if a file of TLS is missing or wrong */
    Exchanges(ClientTls tls, ClientToken token) {
        this.sockets = new EndpointSockets(tls);
        this.token = token;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "exchange");
        thread.setDaemon(true);
        return thread;
    }

    /** @param body as it is sent, or null for none */
    CompletableFuture<Answer> exchange(Endpoint endpoint, Call call, byte[] body) {
        return inBackground(
                (socket, answer) -> {
                    HttpResponse response = request(endpoint, call, body).exchange(socket);
                    answer.complete(answer(endpoint, response));
                },
                endpoint,
                call);
    }

    /** The lines of an answer. */
    CompletableFuture<Lines> open(Endpoint endpoint, Call call) {
        return inBackground(
                (socket, answer) -> {
                    HttpResponse response = request(endpoint, call, null).exchange(socket);
                    if (response.status() == 200 && Answer.isOfNode(response.headers())) {
                        Lines lines = new Lines(endpoint, call.waitMs());
                        answer.complete(lines);
                        lines.takeAll(response.body());
                    } else {
                        answer.complete(new Lines(answer(endpoint, response)));
                    }
                },
                endpoint,
                call);
    }

    private interface SocketUse<T> {
        void run(Socket socket, CompletableFuture<T> answer) throws IOException, InterruptedException;
    }

    private <T> CompletableFuture<T> inBackground(SocketUse<T> work, Endpoint endpoint, Call call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try (Socket socket = sockets.open(endpoint, CONNECT_TIMEOUT_MS)) {
                use(socket, work, answer, call);
            } catch (IOException | RuntimeException | InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private <T> void use(Socket socket, SocketUse<T> work, CompletableFuture<T> answer, Call call)
            throws IOException, InterruptedException {
        open.add(socket);
        try {
            socket.setSoTimeout(Math.toIntExact(CONNECT_TIMEOUT_MS + call.waitMs()));
            work.run(socket, answer);
        } finally {
            open.remove(socket);
        }
    }

    private HttpRequest request(Endpoint endpoint, Call call, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        token.header(endpoint).ifPresent(value -> headers.put(ClientToken.HEADER, value));
        return new HttpRequest(call.method(), call.uri(), endpoint.toString(), headers, body);
    }

    private static Answer answer(Endpoint endpoint, HttpResponse response) throws IOException {
        return new Answer(
                endpoint, response.status(), response.headers(), response.body().readAllBytes());
    }

    /** Ends what is under way: a thread that reads or writes heeds nothing else. */
    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(Exchanges::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
