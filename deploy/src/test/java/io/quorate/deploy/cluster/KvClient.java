package io.quorate.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP as any client speaks it, one call after the other. Many threads may use it. */
public final class KvClient {
    private static final int CONNECTIONS_MAX = 64;
    private static final long TIMEOUT_MS = 15_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebClient web;
    private final Optional<String> token;

    /** Of servers without TLS. */
    public KvClient() {
        this(new WebClientOptions(), Optional.empty());
    }

    /**
     * @param authorities a PEM file: those that the client trusts
     * @param token by which it says who it is
     */
    public KvClient(Path authorities, String token) {
        this(
                new WebClientOptions()
                        .setSsl(true)
                        .setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString())),
                Optional.of(token));
    }

    private KvClient(WebClientOptions options, Optional<String> token) {
        this.token = token;
        web = WebClient.create(
                vertx,
                options.setFollowRedirects(false).setUserAgentEnabled(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
    }

    public HttpResponse<Buffer> get(LocalNode node, String key) {
        return send(request(HttpMethod.GET, node, kv(key)));
    }

    public HttpResponse<Buffer> put(LocalNode node, String key, String value) {
        return put(node, key, Buffer.buffer(value));
    }

    public HttpResponse<Buffer> put(LocalNode node, String key, Buffer value) {
        return send(request(HttpMethod.PUT, node, kv(key)), value);
    }

    public HttpResponse<Buffer> delete(LocalNode node, String key) {
        return send(request(HttpMethod.DELETE, node, kv(key)));
    }

    /** What each replica holds of a key in its own store. */
    public KeyReplicas replicas(LocalNode node, String key) {
        HttpResponse<Buffer> answer = send(request(HttpMethod.GET, node, "/v1/keys/" + encode(key) + "/replicas"));
        if (answer.statusCode() != 200) {
            throw new AssertionError("replicas of " + key + ": " + describe(answer));
        }
        return new KeyReplicas(answer.bodyAsJsonObject());
    }

    /** How far the replicas are with agreeing by themselves. */
    public JsonObject convergence(LocalNode node) {
        return send(request(HttpMethod.GET, node, "/v1/convergence")).bodyAsJsonObject();
    }

    /** The part of that about deletes. */
    public JsonObject forgetting(LocalNode node) {
        return convergence(node).getJsonObject("forgetting");
    }

    /** Asks for a pass over all keys at once. */
    public HttpResponse<Buffer> hurry(LocalNode node) {
        return send(request(HttpMethod.POST, node, "/v1/convergence/hurry"));
    }

    public ClusterView cluster(LocalNode node) {
        return new ClusterView(
                send(request(HttpMethod.GET, node, "/v1/cluster")).bodyAsJsonObject());
    }

    public boolean isReady(int httpPort) {
        return isReady(LocalNode.HOST, httpPort);
    }

    public boolean isReady(String host, int httpPort) {
        return status(request(HttpMethod.GET, host, httpPort, "/health/ready")) == 200;
    }

    /** The status of a GET, or 0 if there is no connection. */
    public int status(int httpPort, String uri) {
        return status(request(HttpMethod.GET, httpPort, uri));
    }

    private int status(HttpRequest<Buffer> request) {
        try {
            return send(request).statusCode();
        } catch (NoAnswerException e) {
            return 0;
        }
    }

    /** To a process on this machine's own loopback. */
    public HttpRequest<Buffer> request(HttpMethod method, int httpPort, String uri) {
        return request(method, LocalNode.HOST, httpPort, uri);
    }

    public HttpRequest<Buffer> request(HttpMethod method, LocalNode node, String uri) {
        return request(method, node.host(), node.httpPort(), uri);
    }

    private HttpRequest<Buffer> request(HttpMethod method, String host, int httpPort, String uri) {
        HttpRequest<Buffer> request = web.request(method, httpPort, host, uri).timeout(TIMEOUT_MS);
        token.ifPresent(request::bearerTokenAuthentication);
        return request;
    }

    /** @throws NoAnswerException if the connection was refused or lost, or no answer came in time */
    public HttpResponse<Buffer> send(HttpRequest<Buffer> request) {
        return await(request.send());
    }

    public HttpResponse<Buffer> send(HttpRequest<Buffer> request, Buffer body) {
        return await(request.sendBuffer(body));
    }

    public void close() {
        await(vertx.close());
    }

    public static String kv(String key) {
        return "/v1/kv/" + encode(key);
    }

    /** Percent-encodes a key. Slashes stay. */
    public static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    public static String describe(HttpResponse<Buffer> answer) {
        return answer.statusCode() + " " + answer.getHeader("Quorate-Evidence") + " " + answer.bodyAsString();
    }

    /** The problem+json of an error. */
    public static JsonObject problem(HttpResponse<Buffer> answer) {
        if (!"application/problem+json".equals(answer.getHeader("Content-Type"))) {
            throw new AssertionError("not a problem: " + answer.getHeader("Content-Type") + ": " + describe(answer));
        }
        return answer.bodyAsJsonObject();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NoAnswerException(e.getCause());
        } catch (TimeoutException e) {
            throw new NoAnswerException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(e);
        }
    }
}
