package io.quorate.deploy.bench.increment;

import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "increments",
        description = "Lets clients add 1 to the same few keys, and prints how many increments succeed.",
        showDefaultValues = true,
        footer = {
            "",
            "By function each client sends one PATCH. By if-match it reads, adds, writes with If-Match, and begins anew "
                    + "if it lost. Latency counts from the first attempt to the success. The clients connect to the endpoints in turn.",
            "",
            "Examples:",
            "  quorate bench increments --clients 16",
            "  quorate bench increments --by if_match --keys 1"
        })
public final class IncrementsCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private EndpointsOption endpointsOption;

    @Option(names = "--by", paramLabel = "WAY", defaultValue = "FUNCTION", description = "function or if_match")
    private IncrementClient.Way way;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "16", description = "increments under way")
    private int clients;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "1", description = "how many keys there are")
    private int keys;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "load before anything is measured")
    private int warmupSeconds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "how long to measure")
    private int seconds;

    @Spec
    private CommandSpec spec;

    // The event loop owns it.
    private Optional<IncrementTally> tally = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        List<Endpoint> endpoints = endpointsOption.endpoints();
        if (clients < 1 || keys < 1 || seconds < 1 || warmupSeconds < 0) {
            throw CommandFailure.usage("--clients, --keys and --seconds are at least 1, --warmup-seconds at least 0");
        }
        Vertx vertx = Vertx.vertx();
        try {
            return run(vertx, endpoints);
        } finally {
            vertx.close();
        }
    }

    private int run(Vertx vertx, List<Endpoint> endpoints) throws InterruptedException {
        Context loop = vertx.getOrCreateContext();
        HttpClient http =
                vertx.createHttpClient(endpointsOption.tls().httpOptions(), new PoolOptions().setHttp1MaxSize(clients));
        ClientToken token = endpointsOption.token();
        loop.runOnContext(now -> begin(http, endpoints, token));
        TimeUnit.SECONDS.sleep(warmupSeconds);
        swap(loop, Optional.of(newTally()));
        TimeUnit.SECONDS.sleep(seconds);
        IncrementTally measured = swap(loop, Optional.empty()).orElseThrow();
        print(measured);
        return measured.successes() > 0 ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private void begin(HttpClient http, List<Endpoint> endpoints, ClientToken token) {
        tally = Optional.of(newTally());
        for (int i = 0; i < clients; i++) {
            Endpoint endpoint = endpoints.get(i % endpoints.size());
            RequestOptions key = new RequestOptions()
                    .setHost(endpoint.uriHost())
                    .setPort(endpoint.port())
                    .setSsl(endpoint.tls())
                    .setURI("/v1/kv/hot-" + i % keys);
            token.header(endpoint).ifPresent(value -> key.putHeader(ClientToken.HEADER, value));
            new IncrementClient(http, key, way, () -> tally).start();
        }
    }

    private static IncrementTally newTally() {
        return new IncrementTally();
    }

    /** Begins another span of time, and returns the one that ended. */
    private Optional<IncrementTally> swap(Context loop, Optional<IncrementTally> next) {
        Promise<Optional<IncrementTally>> ended = Promise.promise();
        loop.runOnContext(now -> {
            ended.complete(tally);
            tally = next;
        });
        return ended.future().toCompletionStage().toCompletableFuture().join();
    }

    private void print(IncrementTally measured) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "increments by %s, %d clients, %d keys: %.0f a second, p50 %.1f ms, p99 %.1f ms, other answers %s",
                way.name().toLowerCase(Locale.ROOT),
                clients,
                keys,
                measured.successes() / (double) seconds,
                measured.percentileMs(50),
                measured.percentileMs(99),
                measured.others()));
        out.flush();
    }
}
