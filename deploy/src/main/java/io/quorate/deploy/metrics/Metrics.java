package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopLag;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.deploy.build.Build;
import io.quorate.deploy.convergence.NodeConvergence;
import io.quorate.deploy.tls.TlsMaterial;
import io.quorate.deploy.tls.TlsRotation;
import io.quorate.deploy.tls.TlsSockets;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.replica.Replica;
import io.quorate.node.server.HandshakeFailures;
import io.quorate.node.server.HandshakeFailures.FailedHandshake;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All meters of a process, for as long as it lives. Safe for use by several threads. */
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OperationMetrics operations;
    private final Map<NodeId, Traffic> traffic;
    private final LoopMetrics loops;
    private final StoreMetrics store;
    private final Clock time;
    private final Map<String, LoopLag> lags = new HashMap<>();
    private volatile MultiGauge damages;
    private volatile Optional<NodeConvergence> damagedStore = Optional.empty();

    /**
     * @param members every replica of the cluster
     * @param time for durations
     */
    public Metrics(List<NodeId> members, RepairCounts repairs, HybridClock clock, Clock time) {
        this.operations = new OperationMetrics(registry, members, time);
        this.traffic =
                members.stream().collect(Collectors.toMap(Function.identity(), id -> new ReplicaTraffic(registry, id)));
        this.loops = new LoopMetrics(registry, members);
        this.store = new StoreMetrics(registry);
        this.time = time;
        bindRepairs(repairs);
        bindClock(clock);
        bindMachine();
        bindBuild(Build.ofThisProgram());
    }

    /** Records every operation, for all event loops. */
    public OperationObserver operations() {
        return operations;
    }

    /** Records the answers of one replica, for all event loops. */
    public Traffic traffic(NodeId replica) {
        return traffic.get(replica);
    }

    /** Of a process that has a store. */
    public void watch(Store opened, Disk disk) {
        store.watch(opened, disk);
    }

    /** Of a process that has a replica. */
    public void watch(Hints hints) {
        HintMetrics.bind(registry, hints, List.copyOf(traffic.keySet()));
    }

    /**
     * Of a process that clients connect to.
     *
     * @param ended connections that were closed since they did nothing for too long
     */
    public void watch(ConnectionCounts clients, LongAdder ended) {
        Gauge.builder("quorate.http.connections", clients, ConnectionCounts::open)
                .description("Connections of clients now")
                .register(registry);
        Gauge.builder("quorate.http.connections.max", clients, ConnectionCounts::max)
                .description("Connections of clients that this process takes: connectionsMax")
                .register(registry);
        FunctionCounter.builder("quorate.http.connections.refused", clients, ConnectionCounts::refused)
                .description("Connections that were closed at once because there were too many")
                .register(registry);
        FunctionCounter.builder("quorate.http.connections.ended", ended, LongAdder::sum)
                .description("Connections that were closed because the client did nothing for too long")
                .register(registry);
    }

    /** Of a node: what its peer port refuses. */
    public void watch(Replica replica, HandshakeFailures failures) {
        FunctionCounter.builder("quorate.peer.requests.impossible", replica, Replica::impossibleRequests)
                .description("Requests that the replica refused, since no honest process sends such numbers")
                .register(registry);
        FunctionCounter.builder("quorate.peer.requests.expired", replica, Replica::expiredRequests)
                .description("Requests that the replica dropped, since nobody waited for their answers any more")
                .register(registry);
        for (FailedHandshake why : FailedHandshake.values()) {
            FunctionCounter.builder("quorate.peer.handshakes.failed", failures, each -> each.of(why))
                    .description("Connections to the peer port that were closed before their handshake was finished")
                    .tag("reason", why.label())
                    .register(registry);
        }
    }

    /** Of a process that clients send requests to. */
    public void watch(ClientLoad load) {
        Gauge.builder("quorate.clients.waiting", load, ClientLoad::waitingNow)
                .description("Connections of clients whose request is not read yet, since the event loop is busy")
                .register(registry);
        for (ShedReason why : ShedReason.values()) {
            Stream.of(RequestClass.values()).filter(RequestClass::mayBeShed).forEach(of -> FunctionCounter.builder(
                            "quorate.shed", load, each -> each.refusedEver(why, of))
                    .description("Requests that were refused before anything of them was done")
                    .tag("reason", why.label())
                    .tag("class", of.label())
                    .register(registry));
        }
    }

    /**
     * How late event loops of one kind are. They have to measure it.
     *
     * @param kind a label: what the event loops serve
     */
    public synchronized LoopLag lagOf(String kind) {
        return lags.computeIfAbsent(kind, this::newLag);
    }

    private LoopLag newLag(String kind) {
        LoopLag lag = new LoopLag(time);
        Gauge.builder("quorate.event.loop.lag.seconds", lag, LoopLag::seconds)
                .description("The longest time that a timer of an event loop was late, in the last 10 to 20 s")
                .tag("loop", kind)
                .register(registry);
        return lag;
    }

    /** Of a node: how it agrees with the others by itself. */
    public void watch(NodeConvergence convergence) {
        Gauge.builder("quorate.verified.age.max.seconds", convergence, NodeConvergence::oldestAgeSeconds)
                .description("How long ago all replicas agreed on the least recent slot. NaN if they never did")
                .register(registry);
        Gauge.builder("quorate.verified.never.slots", convergence, NodeConvergence::neverVerified)
                .description("Slots, of 256, on which all replicas never agreed in one pass")
                .register(registry);
        FunctionCounter.builder("quorate.sweep.bytes", convergence, each -> each.figures()
                        .bytes())
                .description("Bytes of keys and values that passes read in this node's store")
                .register(registry);
        FunctionCounter.builder("quorate.sweep.differences", convergence, each -> each.figures()
                        .differences())
                .description("Keys that replicas did not agree on, in passes that this node drove")
                .register(registry);
        FunctionCounter.builder("quorate.sweep.repairs", convergence, each -> each.figures()
                        .repairs())
                .description("Records that passes of this node stored on replicas that lacked them")
                .register(registry);
        FunctionCounter.builder("quorate.sweep.passes", convergence, each -> each.figures()
                        .passes())
                .description("Passes over all keys that this node drove to their end")
                .register(registry);
        FunctionCounter.builder("quorate.forgotten", convergence, NodeConvergence::forgotten)
                .description("Deleted keys of which this node keeps no entry any more, since it forgot them")
                .register(registry);
        Gauge.builder("quorate.tombstones", convergence, NodeConvergence::tombstones)
                .description("Deleted keys that this node held in the last whole pass. NaN before the first one")
                .register(registry);
        Gauge.builder("quorate.forgetting.blocked.replicas", convergence, NodeConvergence::forgettingBlocked)
                .description("Members that stop the forgetting of deletes. 0 if purgeQuietMs is 0")
                .register(registry);
        damages = MultiGauge.builder("quorate.store.damage")
                .description("1 for each damaged block of this node's store that a pass found")
                .register(registry);
        damagedStore = Optional.of(convergence);
    }

    private void refreshDamages() {
        damagedStore.ifPresent(each -> damages.register(
                each.figures().damages().stream()
                        .map(damage -> MultiGauge.Row.of(
                                Tags.of("file", damage.file(), "offset", Long.toString(damage.offset())), 1))
                        .toList(),
                true));
    }

    /** @param tls empty for a process without TLS */
    public void watch(Optional<TlsRotation> tls) {
        certificateExpiry("process", tls, TlsMaterial::expiry);
        certificateExpiry("authority", tls, TlsMaterial::authorityExpiry);
        Gauge.builder(
                        "quorate.certificate.rejected",
                        () -> tls.filter(TlsRotation::isRejected).isPresent() ? 1 : 0)
                .description("1 while the files of TLS have changed and cannot be used, so that older ones are in use")
                .register(registry);
    }

    /** @param insecure whether other machines may reach this process, which has no TLS */
    public void setInsecureNetwork(boolean insecure) {
        Gauge.builder("quorate.insecure.network", () -> insecure ? 1 : 0)
                .description("1 if the process has no TLS although other machines may reach it")
                .register(registry);
    }

    /** @param isRejected whether the access file cannot be used, and older rules are in use */
    public void watch(AccessControl access, BooleanSupplier isRejected) {
        denied("unauthenticated", access, AccessControl::unauthenticated);
        denied("forbidden", access, AccessControl::forbidden);
        Gauge.builder("quorate.access.rejected", () -> isRejected.getAsBoolean() ? 1 : 0)
                .description("1 while the access file has changed and cannot be used, so that older rules are in use")
                .register(registry);
    }

    /** @param dropped how many lines of the audit are in no file */
    public void watchAudit(LongSupplier dropped) {
        FunctionCounter.builder("quorate.audit.dropped", dropped, LongSupplier::getAsLong)
                .description(
                        "Lines of the audit that are in no file: one caller had too many, or the disk failed or was too slow")
                .register(registry);
    }

    private void denied(String why, AccessControl access, ToDoubleFunction<AccessControl> count) {
        FunctionCounter.builder("quorate.access.denied", access, count)
                .description("Requests that were refused: unauthenticated by 401, forbidden by 403")
                .tag("reason", why)
                .register(registry);
    }

    private void certificateExpiry(String of, Optional<TlsRotation> tls, Function<TlsMaterial, Instant> expiry) {
        Gauge.builder("quorate.certificate.expiry.timestamp.seconds", () -> tls.map(TlsRotation::sockets)
                        .map(TlsSockets::material)
                        .map(expiry)
                        .map(instant -> (double) instant.getEpochSecond())
                        .orElse(Double.NaN))
                .description("When a certificate expires, in seconds since 1970. NaN without TLS")
                .tag("of", of)
                .register(registry);
    }

    /** The memory that requests hold, and how often there was none. */
    public void watch(MemoryBudget memory) {
        Gauge.builder("quorate.memory.limit.bytes", memory, MemoryBudget::limitBytes)
                .description("How many bytes all requests together may hold")
                .register(registry);
        for (MemoryUse use : MemoryUse.values()) {
            Gauge.builder("quorate.memory.use.bytes", memory, each -> each.inUseBytes(use))
                    .description("How many bytes requests hold")
                    .tag("use", use.label())
                    .register(registry);
            FunctionCounter.builder("quorate.memory.refusals", memory, each -> each.refusals(use))
                    .description("How often there was no memory for something. A client got 429")
                    .tag("use", use.label())
                    .register(registry);
        }
    }

    /** {@code /metrics}, which asks those event loops first. */
    public HttpEndpoint endpoint(EventLoops eventLoops) {
        return new MetricsEndpoint(registry, eventLoops, figures -> {
            loops.become(figures);
            store.refresh();
            refreshDamages();
        });
    }

    /** @param defects how many exceptions ended a callback, which are defects of Quorate */
    public void countDefects(LongSupplier defects) {
        FunctionCounter.builder("quorate.defects", defects, LongSupplier::getAsLong)
                .description("Exceptions that ended one operation or callback, and are defects of Quorate")
                .register(registry);
    }

    private void bindRepairs(RepairCounts repairs) {
        String help = "Replicas that reads brought up to date, before they were answered or behind the answer";
        FunctionCounter.builder("quorate.repairs", repairs, RepairCounts::foreground)
                .description(help)
                .tag("when", "before_answer")
                .register(registry);
        FunctionCounter.builder("quorate.repairs", repairs, RepairCounts::background)
                .description(help)
                .tag("when", "behind_answer")
                .register(registry);
    }

    private void bindClock(HybridClock clock) {
        FunctionCounter.builder("quorate.clock.timestamps.too.far.ahead", clock, HybridClock::tooFarAhead)
                .description("Timestamps of others that lay further in the future than clockSkewMsMax")
                .register(registry);
        Gauge.builder("quorate.clock.skew.max.seconds", clock, each -> each.skewMsMax() / 1e3)
                .description("How far in the future a timestamp may lie and be followed: clockSkewMsMax")
                .register(registry);
    }

    private void bindBuild(Build build) {
        Gauge.builder("quorate.build.info", () -> 1)
                .description("1. Its labels say which build runs, and on which Java")
                .tags(
                        "version", build.version(),
                        "commit", build.commit(),
                        "date", build.date(),
                        "changed", Boolean.toString(build.isChanged()),
                        "java", Runtime.version().toString())
                .register(registry);
    }

    private void bindMachine() {
        new JvmGcMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }
}
