package io.quorate.deploy.process;

import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.OpenApiDescription;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.coordinator.api.origin.Origins;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.console.Console;
import io.quorate.coordinator.console.ConsoleFiles;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.quorate.deploy.log.SlowRequestLog;
import io.quorate.deploy.metrics.EventLoops;
import io.quorate.deploy.metrics.Metrics;
import io.vertx.core.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process shows of itself: its metrics, its console, its slow requests and the description of its API. All event
 * loops share it.
 */
final class Observability {
    private final Metrics metrics;
    private final Console console;
    private final Callers callers;
    private final List<OperationObserver> observers = new ArrayList<>();
    private final HttpEndpoint metricsEndpoint;
    private final List<HttpEndpoint> endpoints;

    /**
     * @param scheme of the addresses of the HTTP API
     * @param configured answers {@code /v1/configuration}
     * @param faults answers {@code /v1/faults}
     * @param sessions answers {@code /v1/session}, by which the console logs in
     * @param load of the clients of all event loops
     * @param loops report their figures for the metrics
     */
    Observability(
            CoordinatorConfiguration configuration,
            String scheme,
            RepairCounts repairs,
            HybridClock clock,
            HttpEndpoint configured,
            HttpEndpoint faults,
            HttpEndpoint sessions,
            ClientLoad load,
            EventLoops loops)
            throws StartException {
        List<NodeId> members = configuration.members().stream().map(Member::id).toList();
        metrics = new Metrics(members, repairs, clock, SystemClock.INSTANCE);
        console = new Console(
                configuration.nodeId(),
                configuration.clusterId(),
                SystemClock.INSTANCE,
                configuration.serving().slowRequestMs(),
                load);
        callers = new Callers(new HostNames(configuration.httpHosts()), origins(configuration, scheme));
        observers.add(metrics.operations());
        if (configuration.serving().slowRequestMs() > 0) {
            observers.add(new SlowRequestLog(configuration.serving().slowRequestMs(), SystemClock.INSTANCE));
        }
        metricsEndpoint = metrics.endpoint(loops);
        endpoints = List.of(
                consoleFiles(callers.origins()),
                console.slowRequests(),
                console.history(),
                configured,
                faults,
                sessions,
                metricsEndpoint,
                new OpenApiDescription(JsonOfYaml::write));
    }

    private static Origins origins(CoordinatorConfiguration configuration, String scheme) {
        List<HttpAddress> addresses = new ArrayList<>();
        addresses.add(new HttpAddress(configuration.httpHost(), configuration.httpPort()));
        configuration.members().forEach(member -> member.http().ifPresent(addresses::add));
        return new Origins(addresses, scheme, configuration.serving().allowedOrigins());
    }

    private static ConsoleFiles consoleFiles(Origins origins) throws StartException {
        try {
            return ConsoleFiles.read(ConsoleFiles.FOLDER, origins);
        } catch (IOException e) {
            throw new StartException("cannot read the console's files from the class path: " + e, e);
        }
    }

    Metrics metrics() {
        return metrics;
    }

    Console console() {
        return console;
    }

    Callers callers() {
        return callers;
    }

    /** {@code /metrics}, which is also one of {@link #endpoints}. */
    HttpEndpoint metricsEndpoint() {
        return metricsEndpoint;
    }

    List<HttpEndpoint> endpoints() {
        return endpoints;
    }

    /** Sees the operations of one event loop. */
    OperationObserver observerOn(Context loop) {
        List<OperationObserver> all = new ArrayList<>(observers);
        all.add(console.watchOn(loop));
        return OperationObserver.all(all);
    }
}
