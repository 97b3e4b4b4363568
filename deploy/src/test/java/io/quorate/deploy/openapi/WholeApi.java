package io.quorate.deploy.openapi;

import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.api.HttpApi;
import io.quorate.coordinator.api.OpenApiDescription;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.Origins;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.session.SessionRoutes;
import io.quorate.coordinator.console.Console;
import io.quorate.coordinator.console.ConsoleFiles;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.tcp.TimerWheel;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.config.EffectiveOptions;
import io.quorate.deploy.local.fault.NoFaultsEndpoint;
import io.quorate.deploy.metrics.Metrics;
import io.quorate.deploy.process.ConfigurationEndpoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * All routes of a process whose only replica is down. So every request that reaches its operation is refused soon.
 *
 * @param metrics is also a part of {@code http}
 */
record WholeApi(HttpApi http, HttpEndpoint metrics) {
    static final ClusterId CLUSTER = new ClusterId("c");

    private static final NodeId ID = new NodeId("n1");

    /** @param loop on which it answers */
    static WholeApi create(Context loop) throws IOException {
        return create(loop, AccessControl.none());
    }

    /**
     * @param loop on which it answers
     * @param control that its callers log in to
     */
    static WholeApi create(Context loop, AccessControl control) throws IOException {
        Vertx vertx = loop.owner();
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        RepairCounts repairs = new RepairCounts();
        Console console = new Console(ID, CLUSTER, SystemClock.INSTANCE, 500, new ClientLoad());
        TimeSources time = new TimeSources(
                SystemClock.INSTANCE, new TimerWheel(vertx, SystemClock.INSTANCE), clock, () -> Long.MAX_VALUE);
        ClusterMembers placed = new ClusterMembers(new Placement(List.of(ID)), List.of(new AbsentReplica(ID)));
        Coordinator coordinator = new Coordinator(
                new CoordinatorParts(ID, placed, time, new Random(1)).withObserver(console.watchOn(loop)));
        ClusterJson members = new ClusterJson(CLUSTER, coordinator, Map.of(), List::of);
        HttpEndpoint metrics = new Metrics(List.of(ID), repairs, clock, SystemClock.INSTANCE)
                .endpoint(() -> Future.succeededFuture(List.of()));
        List<HttpEndpoint> endpoints = List.of(
                ConsoleFiles.read(ConsoleFiles.FOLDER, new Origins(List.of())),
                console.slowRequests(),
                console.history(),
                new ConfigurationEndpoint(ID, new EffectiveOptions(JsonText.object(), List.of()), Optional::empty),
                console.streamsOn(loop, members),
                NoFaultsEndpoint.INSTANCE,
                new SessionRoutes(ID, control, SystemClock.INSTANCE),
                metrics,
                new OpenApiDescription(yaml -> yaml));
        HttpApi http = new HttpApi(
                members,
                coordinator,
                new ApiLimits(1 << 20, 2_000, 60_000, 60_000),
                new NotAsked(),
                Checkpoints.NONE,
                endpoints,
                new RequestIds(1));
        return new WholeApi(http, metrics);
    }

    private static final class NotAsked implements Readiness {
        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public Optional<String> concern() {
            return Optional.empty();
        }
    }
}
