package io.quorate.deploy.client;

import io.netty.channel.ConnectTimeoutException;
import io.quorate.common.link.TlsFailure;
import io.quorate.deploy.terminal.CommandFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to the first endpoint that takes them. It skips an endpoint without a connection, and one that answers
 * 503 and states that nothing was applied. A request that one endpoint may have applied is not sent to another: the
 * caller decides about that. Blocks the calling thread.
 */
public final class ClusterClient implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)) // a busy machine is no concern of the user
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final HttpClient http;
    private final WebClient web;
    private final List<Endpoint> endpoints;
    private final ClientToken token;

    /** For endpoints without TLS, or with an authority that the JDK trusts. */
    public ClusterClient(List<Endpoint> endpoints) {
        this(endpoints, ClientTls.NONE, ClientToken.NONE);
    }

    /** @throws CommandFailure if a file of TLS is missing or wrong */
    public ClusterClient(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
        this.endpoints = List.copyOf(endpoints);
        this.token = token;
        this.http = vertx.createHttpClient(tls.httpOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        this.web = WebClient.wrap(
                http, new WebClientOptions().setFollowRedirects(false).setUserAgent("quorate"));
    }

    /** @throws CommandFailure if no endpoint answers, or if the outcome of a change is unknown */
    public Answer send(Call call) {
        byte[] body = call.body().map(Payload::read).orElse(null);
        return first(call, endpoint -> exchange(endpoint, call, body), Answer::isRefusedForNow);
    }

    /** Asks all endpoints at once, for requests that change nothing. The replies are in the order of the endpoints. */
    public List<EndpointReply> askAll(Call call) {
        List<Future<Answer>> answers = endpoints.stream()
                .map(endpoint -> exchange(endpoint, call, null))
                .toList();
        List<EndpointReply> replies = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            replies.add(reply(endpoints.get(i), answers.get(i), 2 * CONNECT_TIMEOUT_MS + call.waitMs()));
        }
        return replies;
    }

    private static EndpointReply reply(Endpoint endpoint, Future<Answer> answer, long ms) {
        try {
            return new EndpointReply(endpoint, Optional.of(get(answer, ms)), "");
        } catch (ExecutionException e) {
            return new EndpointReply(endpoint, Optional.empty(), why(e.getCause()));
        } catch (TimeoutException e) {
            return new EndpointReply(endpoint, Optional.empty(), why(e));
        }
    }

    /** The lines of an answer as they come. For requests that change nothing. */
    public Lines lines(Call call) {
        return first(call, endpoint -> open(endpoint, call), lines -> lines.refusal()
                .filter(Answer::isRefusedForNow)
                .isPresent());
    }

    @Override
    public void close() {
        vertx.close();
    }

    private interface Attempt<T> {
        Future<T> at(Endpoint endpoint);
    }

    private interface PassOver<T> {
        boolean is(T answer);
    }

    private <T> T first(Call call, Attempt<T> attempt, PassOver<T> passOver) {
        List<String> passedOver = new ArrayList<>();
        T refusal = null;
        for (Endpoint endpoint : endpoints) {
            try {
                T answer = get(attempt.at(endpoint), 2 * CONNECT_TIMEOUT_MS + call.waitMs());
                if (!passOver.is(answer)) {
                    return answer;
                }
                refusal = answer;
            } catch (ExecutionException | TimeoutException e) {
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                if (call.effect() == CallEffect.CHANGE && !wasNotSent(cause)) {
                    throw unknown(endpoint, cause, call);
                }
                passedOver.add(endpoint + " (" + why(cause) + ")");
            }
        }
        if (refusal != null) {
            return refusal;
        }
        throw CommandFailure.refused("no endpoint answers: " + String.join(", ", passedOver)
                + "; nothing was changed. Start a cluster with 'quorate cluster start', or name its addresses with"
                + " --endpoint");
    }

    private Future<Answer> exchange(Endpoint endpoint, Call call, byte[] body) {
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

    private Future<Lines> open(Endpoint endpoint, Call call) {
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

    private static <T> T get(Future<T> future, long ms) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Only a failure before the connection is open proves that the endpoint has seen nothing. */
    private static boolean wasNotSent(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }

    private static CommandFailure unknown(Endpoint endpoint, Throwable cause, Call call) {
        return CommandFailure.unknown("unknown outcome: the request was sent to " + endpoint + ", and no answer came ("
                + why(cause) + "). It may have been applied, or may still be. " + call.ifUnknown());
    }

    private static String why(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within " + CONNECT_TIMEOUT_MS + " ms";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause instanceof SSLException) {
            return TlsFailure.of(cause).orElseGet(() -> FailureText.of(cause)) + "; --ca names the authority to trust";
        }
        if (cause instanceof HttpClosedException) {
            return "it closed the connection. If it speaks TLS, write https:// before its name, or give --ca";
        }
        return cause instanceof TimeoutException ? "no answer in time" : FailureText.of(cause);
    }
}
