package io.quorate.deploy.bench.increment;

import io.quorate.common.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.function.Supplier;

/** One client: it adds 1 to a key, again and again, each time until that has succeeded. Belongs to the event loop. */
final class IncrementClient {
    private static final Buffer ADD_ONE = Buffer.buffer("{\"add\": \"1\"}");

    private final HttpClient http;
    private final RequestOptions key;
    private final Way way;
    private final Supplier<Optional<IncrementTally>> tally;
    private long beganNs;

    /** How a client adds. */
    enum Way {
        FUNCTION,
        IF_MATCH
    }

    /** @param tally the present one, or empty if the client shall end */
    IncrementClient(HttpClient http, RequestOptions key, Way way, Supplier<Optional<IncrementTally>> tally) {
        this.http = http;
        this.key = key;
        this.way = way;
        this.tally = tally;
    }

    void start() {
        beganNs = SystemClock.INSTANCE.monotonicNs();
        attempt();
    }

    private void attempt() {
        if (tally.get().isEmpty()) {
            return;
        }
        Future<Integer> status =
                switch (way) {
                    case FUNCTION ->
                        send(new RequestOptions(key).setMethod(HttpMethod.PATCH), ADD_ONE)
                                .map(HttpClientResponse::statusCode);
                    case IF_MATCH -> readAndWrite();
                };
        status.onComplete(ended -> ended(ended.succeeded() ? ended.result() : 0));
    }

    private Future<Integer> readAndWrite() {
        return send(new RequestOptions(key).setMethod(HttpMethod.GET), Buffer.buffer())
                .compose(read -> switch (read.statusCode()) {
                    case 200 -> read.body().compose(body -> write(body.toString(), "If-Match", read.getHeader("ETag")));
                    case 404 -> write("0", "If-None-Match", "*");
                    default -> Future.succeededFuture(read.statusCode());
                });
    }

    private Future<Integer> write(String before, String condition, String tag) {
        Buffer after = Buffer.buffer(Long.toString(Long.parseLong(before) + 1));
        RequestOptions put = new RequestOptions(key).setMethod(HttpMethod.PUT).putHeader(condition, tag);
        return send(put, after).map(HttpClientResponse::statusCode);
    }

    private Future<HttpClientResponse> send(RequestOptions options, Buffer body) {
        return http.request(options).compose(request -> request.send(body)).compose(answer -> answer.body()
                .map(answer));
    }

    private void ended(int status) {
        long nowNs = SystemClock.INSTANCE.monotonicNs();
        boolean isGood = status == 200 || status == 201;
        tally.get().ifPresent(present -> {
            if (isGood) {
                present.succeeded(beganNs, nowNs);
            } else {
                present.missed(status == 0 ? "no answer" : Integer.toString(status));
            }
        });
        beganNs = isGood ? nowNs : beganNs;
        attempt();
    }
}
