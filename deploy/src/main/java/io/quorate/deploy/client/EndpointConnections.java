package io.quorate.deploy.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;

/**
 * Sends one request to one endpoint, and says by a future what became of it. Owns the connections and an event loop.
 */
final class EndpointConnections implements AutoCloseable {
    static final int CONNECT_TIMEOUT_MS = 2_000;

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
                .with(tls.httpOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
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
                .timeout(CONNECT_TIMEOUT_MS + call.waitMs());
        call.headers().forEach(request::putHeader);
        token.header(endpoint).ifPresent(value -> request.putHeader(ClientToken.HEADER, value));
        Future<HttpResponse<Buffer>> sent = body == null ? request.send() : request.sendBuffer(Buffer.buffer(body));
        return sent.map(response ->
                new Answer(endpoint, response.statusCode(), response.headers(), bytes(response.bodyAsBuffer())));
    }

    /** The lines of an answer. */
    Future<Lines> open(Endpoint endpoint, Call call) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(endpoint.uriHost())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(call.uri())
                .setConnectTimeout(CONNECT_TIMEOUT_MS); // no idle timeout: a reader may stop for any time
        call.headers().forEach(options::putHeader);
        token.header(endpoint).ifPresent(value -> options.putHeader(ClientToken.HEADER, value));
        return http.request(options)
                .compose(request -> request.send())
                .compose(response -> response.statusCode() == 200
                        ? Future.succeededFuture(
                                new Lines(endpoint, response, vertx.getOrCreateContext(), call.waitMs()))
                        : refused(endpoint, response));
    }

    private static Future<Lines> refused(Endpoint endpoint, HttpClientResponse response) {
        return response.body()
                .map(body -> new Lines(new Answer(endpoint, response.statusCode(), response.headers(), bytes(body))));
    }

    private static byte[] bytes(Buffer buffer) {
        return buffer == null ? new byte[0] : buffer.getBytes();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
