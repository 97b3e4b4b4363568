package io.quorate.deploy.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Sends many requests over few connections, and says by a future what became of each. Owns an event loop. */
final class EndpointConnections implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)) // a busy machine is no concern of the user
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final HttpClient http;
    private final WebClient web;
    private final ClientToken token;

    /**
     * @param connectionsMax to one endpoint
     * @throws io.quorate.deploy.terminal.CommandFailure if a file of TLS is missing or wrong
     */
    EndpointConnections(ClientTls tls, ClientToken token, int connectionsMax) {
        this.token = token;
        this.http = vertx.httpClientBuilder()
                .with(tls.httpOptions().setConnectTimeout(Exchanges.CONNECT_TIMEOUT_MS))
                .with(new PoolOptions().setHttp1MaxSize(connectionsMax))
                .withConnectHandler(EndpointConnections::reportByRequest)
                .build();
        this.web = WebClient.wrap(
                http, new WebClientOptions().setFollowRedirects(false).setUserAgent("quorate"));
    }

    /** A lost connection fails its requests. Without a handler, Vert.x would log it on standard error besides. */
    private static void reportByRequest(HttpConnection connection) {
        connection.exceptionHandler(lost -> {});
    }

    /** The event loop. */
    Vertx vertx() {
        return vertx;
    }

    /** @param body as it is sent, or null for none */
    Future<Answer> exchange(Endpoint endpoint, Call call, byte[] body) {
        HttpRequest<Buffer> request = web.request(
                        HttpMethod.valueOf(call.method()), endpoint.port(), endpoint.uriHost(), call.uri())
                .ssl(endpoint.tls())
                .timeout(Exchanges.CONNECT_TIMEOUT_MS + call.waitMs());
        call.headers().forEach(request::putHeader);
        token.header(endpoint).ifPresent(value -> request.putHeader(ClientToken.HEADER, value));
        Future<HttpResponse<Buffer>> sent = body == null ? request.send() : request.sendBuffer(Buffer.buffer(body));
        return sent.map(response ->
                new Answer(endpoint, response.statusCode(), headers(response), bytes(response.bodyAsBuffer())));
    }

    private static Map<String, String> headers(HttpResponse<Buffer> response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(headers::put);
        return headers;
    }

    private static byte[] bytes(Buffer buffer) {
        return buffer == null ? new byte[0] : buffer.getBytes();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
