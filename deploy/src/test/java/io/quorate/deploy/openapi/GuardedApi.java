package io.quorate.deploy.openapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.coordinator.api.AdminApi;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.Principal;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.coordinator.api.origin.Origins;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** {@link WholeApi} and the admin port behind rules, both on a real port of this machine, and a client. */
final class GuardedApi implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** After so many answers of the event loop, it has also read what came before. */
    private static final int TURNS = 3;

    private static final Callers CALLERS = new Callers(new HostNames(List.of()), new Origins(List.of()));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final int port;
    private final int adminPort;

    GuardedApi(AccessControl control) throws IOException {
        Context loop = vertx.getOrCreateContext();
        WholeApi api = WholeApi.create(loop, control);
        port = listen(loop, api.http().behind(CALLERS, control), api.http().refusing(control));
        AdminApi admin = new AdminApi(api.metrics(), CALLERS, control, new RequestIds(2));
        adminPort = listen(loop, admin, admin::refuse);
    }

    private int listen(Context loop, Handler<HttpServerRequest> handler, Handler<HttpServerRequest> invalid) {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        loop.runOnContext(on -> vertx.createHttpServer()
                .requestHandler(handler)
                .invalidRequestHandler(invalid)
                .listen(0, HOST)
                .onSuccess(server -> listening.complete(server.actualPort()))
                .onFailure(listening::completeExceptionally));
        return listening.join();
    }

    int port() {
        return port;
    }

    static AccessControl control(AccessRules rules) {
        return control(rules, AccessAudit.NONE);
    }

    static AccessControl control(AccessRules rules, AccessAudit audit) {
        return AccessControl.of(WholeApi.CLUSTER, rules, audit);
    }

    /** A principal whose token is its name behind {@code token of}. */
    static AccessRules.Entry entry(String name, List<String> grants) {
        return new AccessRules.Entry(
                new Principal(name, grants.stream().map(Grant::parse).toList()),
                List.of(TokenDigest.of(tokenOf(name))));
    }

    static String tokenOf(String name) {
        return "token of " + name;
    }

    Answer send(HttpMethod method, String uri, Map<String, String> headers, String body) {
        return send(port, method, uri, headers, body);
    }

    /** Sends the head, and the body once the head has been judged. Both connections are served by one event loop. */
    Answer sendInTwo(HttpMethod method, String uri, Map<String, String> headers, String body, Runnable between) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(HOST)
                .setPort(port)
                .setURI(uri);
        headers.forEach(options::putHeader);
        HttpClientRequest request = client.request(options).await();
        Future<Answer> answer = request.response().compose(GuardedApi::answer);
        request.putHeader("Content-Length", Integer.toString(body.length()));
        request.writeHead().await();
        for (int i = 0; i < TURNS; i++) {
            send(HttpMethod.GET, "/health/live", Map.of(), "");
        }
        between.run();
        request.end(body).await();
        return answer.await();
    }

    /** Sends these bytes, and waits until the server ends the connection. */
    String sendRaw(String bytes) throws IOException {
        return sendRaw(port, bytes);
    }

    String sendRawToAdmin(String bytes) throws IOException {
        return sendRaw(adminPort, bytes);
    }

    private static String sendRaw(int to, String bytes) throws IOException {
        try (Socket socket = new Socket(HOST, to)) {
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    Answer sendToAdmin(HttpMethod method, String uri, Map<String, String> headers) {
        return send(adminPort, method, uri, headers, "");
    }

    private Answer send(int to, HttpMethod method, String uri, Map<String, String> headers, String body) {
        return open(to, method, uri, headers, body, GuardedApi::answer).await();
    }

    /** The head of an answer that goes on, and its body as it comes. */
    HttpClientResponse open(String uri, Map<String, String> headers, Handler<Buffer> body) {
        return open(port, HttpMethod.GET, uri, headers, "", response -> Future.succeededFuture(response.handler(body)))
                .await();
    }

    /** The response has a reader before its body can come. */
    private <T> Future<T> open(
            int to,
            HttpMethod method,
            String uri,
            Map<String, String> headers,
            String body,
            Function<HttpClientResponse, Future<T>> reader) {
        RequestOptions options =
                new RequestOptions().setMethod(method).setHost(HOST).setPort(to).setURI(uri);
        headers.forEach(options::putHeader);
        return client.request(options)
                .compose(request ->
                        (body.isEmpty() ? request.send() : request.send(Buffer.buffer(body))).compose(reader));
    }

    /** A stream of events has no end, so its body is left alone. */
    private static Future<Answer> answer(HttpClientResponse response) {
        if (Optional.ofNullable(response.getHeader("Content-Type"))
                .filter("text/event-stream"::equals)
                .isPresent()) {
            response.request().reset();
            return Future.succeededFuture(new Answer(response.statusCode(), response.headers(), null));
        }
        return response.body().map(body -> new Answer(response.statusCode(), response.headers(), body.toString()));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
