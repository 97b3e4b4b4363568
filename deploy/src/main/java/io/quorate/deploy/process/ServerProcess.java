package io.quorate.deploy.process;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.coordinator.api.AdminApi;
import io.quorate.coordinator.api.http.BodyMemory;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.session.SessionRoutes;
import io.quorate.coordinator.replica.DisksInMemory;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.EffectiveOptions;
import io.quorate.deploy.config.EventLoopOptions;
import io.quorate.deploy.config.KnownVariables;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.log.DefectLog;
import io.quorate.deploy.log.PeerLog;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.server.ReplicaServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start to its end: opens what is below before it listens above, and closes in the other order. */
public final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /** How often the log of troubles looks for counts that are due. */
    private static final long COUNTS_MS = 2_000;

    private final CoordinatorConfiguration configuration;
    private final EffectiveOptions options;
    private final Optional<ReplicaHost> host;
    private final HybridClock clock;
    private final ServerSockets sockets;
    private final ProcessAccess access;
    private final FaultInjection faults;
    private final MemoryBudget memory;
    private final ClientLoad load = new ClientLoad();
    private final AcceptLimits accepts = new AcceptLimits();
    private final SocketTransport transport;
    private final VertxRuntime vertx;

    /** Serves the operators. They never wait for clients, whose requests keep the other loops busy. */
    private final Optional<VertxRuntime> apart;

    private final CoordinatorGroup coordinators;
    private final ProcessReadiness readiness;
    private final TroubleLog troubles = new TroubleLog(SystemClock.INSTANCE, PeerLog.INSTANCE);
    private final DefectLog defects = DefectLog.ofProcess(SystemClock.INSTANCE);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ServerProcess(
            CoordinatorConfiguration configuration,
            EffectiveOptions options,
            Optional<ReplicaHost> host,
            HybridClock clock,
            ServerSockets sockets,
            ProcessAccess access,
            FaultInjection faults) {
        this.configuration = configuration;
        this.options = options;
        this.host = host;
        this.clock = clock;
        this.sockets = sockets;
        this.access = access;
        this.faults = faults;
        this.memory = new MemoryBudget(configuration.requests().memoryBytes());
        EventLoopOptions loops = configuration.serving().loops();
        this.transport = loops.nativeTransport() ? SocketTransport.best() : SocketTransport.SELECTOR;
        this.vertx = new VertxRuntime(
                loops.count(),
                new LoopTransport(transport, configuration.httpPort(), load, SystemClock.INSTANCE, accepts));
        this.apart = configuration.serving().adminPort() > 0
                ? Optional.of(new VertxRuntime(
                        1,
                        new LoopTransport(
                                transport,
                                configuration.serving().adminPort(),
                                new ClientLoad(),
                                SystemClock.INSTANCE,
                                accepts)))
                : Optional.empty();
        this.coordinators = new CoordinatorGroup(configuration, vertx);
        this.readiness = new ProcessReadiness(host);
        vertx.vertx().setPeriodic(COUNTS_MS, timer -> troubles.sayDue());
        sockets.watchFiles(vertx.vertx());
        access.watchFile(vertx.vertx());
        KnownVariables.misspelt(System.getenv()).forEach(LOG::warn);
        warnOfValuesWithoutMemory();
    }

    private void warnOfValuesWithoutMemory() {
        int valueBytesMax = configuration.requests().valueBytesMax();
        BodyMemory bodies = new BodyMemory(memory);
        if (valueBytesMax > bodies.longestBytes()) {
            LOG.warn("valueBytesMax is {}, but {}", valueBytesMax, bodies.advice(valueBytesMax));
        }
    }

    /**
     * Runs a node until a signal ends the process.
     *
     * @param start what to do to its data directory first
     * @throws StartException if it cannot start
     */
    public static void runNode(NodeConfiguration configuration, Start start) throws StartException {
        FaultInjection faults = FaultInjection.open(configuration);
        HybridClock clock = clock(configuration.coordinator(), faults);
        ServerSockets sockets = ServerSockets.open(configuration.coordinator(), CertifiedRole.NODE);
        ProcessAccess access = ProcessAccess.open(configuration.coordinator(), sockets.trust());
        ReplicaHost host = openReplica(configuration, faults, start, clock);
        ServerProcess process = new ServerProcess(
                configuration.coordinator(),
                EffectiveOptions.of(configuration),
                Optional.of(host),
                clock,
                sockets,
                access,
                faults);
        process.run(() -> process.listenToPeers(configuration, host));
    }

    /** Runs a coordinator without a replica until a signal ends the process. */
    public static void runCoordinator(CoordinatorConfiguration configuration) throws StartException {
        FaultInjection faults = FaultInjection.NONE;
        ServerSockets sockets = ServerSockets.open(configuration, CertifiedRole.COORDINATOR);
        ProcessAccess access = ProcessAccess.open(configuration, sockets.trust());
        new ServerProcess(
                        configuration,
                        EffectiveOptions.of(configuration),
                        Optional.empty(),
                        clock(configuration, faults),
                        sockets,
                        access,
                        faults)
                .run(() -> {});
    }

    /** Ends this process cleanly as soon as another one has ended, for any reason. */
    public static void endWith(long pid) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(
                        owner -> owner.onExit()
                                .thenRun(() -> Runtime.getRuntime().exit(0)),
                        () -> Runtime.getRuntime().exit(0));
    }

    private static HybridClock clock(CoordinatorConfiguration configuration, FaultInjection faults) {
        return new HybridClock(faults.clock(), configuration.peers().clockSkewMsMax());
    }

    private static ReplicaHost openReplica(
            NodeConfiguration configuration, FaultInjection faults, Start start, HybridClock clock)
            throws StartException {
        try {
            Disk disk = faults.disk(new RealDisk(configuration.dataDirectory()));
            return ReplicaHost.open(configuration, disk, start, clock);
        } catch (StoreException e) {
            throw new StartException(e.getMessage(), e);
        } catch (IOException e) {
            throw new StartException("cannot open the data directory " + configuration.dataDirectory() + ": " + e, e);
        }
    }

    private interface Servers {
        void listen() throws StartException;
    }

    private void run(Servers replicaServers) throws StartException {
        try {
            access.startAudit();
            HttpEndpoint faultsEndpoint = faults.endpoint(configuration.nodeId(), vertx.vertx());
            replicaServers.listen();
            startCoordinators(faultsEndpoint);
        } catch (StartException e) {
            close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        LOG.info(
                "{} of cluster {} answers at {}://{} through {}",
                configuration.nodeId(),
                configuration.clusterId(),
                sockets.scheme(),
                new HttpAddress(configuration.httpHost(), configuration.httpPort()).authority(),
                transport.label());
        if (configuration.isInsecure()) {
            LOG.warn(
                    "insecureNetwork: there is no TLS. Everybody who reaches this process can read and write all data, also"
                            + " as a node, and everybody on the way can read along. 'quorate cert' makes certificates");
        }
        awaitStopped();
    }

    /**
     * One server for each event loop. All share the port, and the event loops with clients, who wait for it
     * ({@link io.quorate.common.loop}).
     */
    private void listenToPeers(NodeConfiguration node, ReplicaHost replica) throws StartException {
        ConnectionCounts limits = ReplicaServer.limits();
        accepts.limitUngreeted(
                node.peerPort(),
                limits,
                address -> LOG.debug("closing a connection of a peer from {}: there are too many", address));
        for (int i = 0; i < configuration.serving().loops().count(); i++) {
            ReplicaServer server = new ReplicaServer(
                    sockets.peers(),
                    node.peerHost(),
                    node.peerPort(),
                    replica.replica(),
                    replica.handshake(),
                    faults.links(),
                    troubles,
                    access.control()::refusedPeer,
                    limits,
                    memory);
            vertx.listen(server, "peerPort", node.peerHost(), node.peerPort());
        }
    }

    private void startCoordinators(HttpEndpoint faultsEndpoint) throws StartException {
        SecureRandom random = new SecureRandom();
        RepairCounts repairs = new RepairCounts();
        SessionRoutes sessions = new SessionRoutes(configuration.nodeId(), access.control(), SystemClock.INSTANCE);
        ConfigurationEndpoint configured =
                new ConfigurationEndpoint(configuration.nodeId(), options, access::rulesDigest);
        Observability observability = new Observability(
                configuration,
                sockets.scheme(),
                repairs,
                clock,
                configured,
                faultsEndpoint,
                sessions,
                load,
                coordinators);
        observability.metrics().watch(memory);
        observability.metrics().setInsecureNetwork(configuration.isInsecure());
        sockets.bindMetrics(observability.metrics());
        access.bindMetrics(observability.metrics());
        observability.metrics().countDefects(defects::count);
        host.ifPresent(replica -> replica.bindMetrics(observability.metrics()));
        ClientLimits clients = new ClientLimits(configuration.serving(), load);
        clients.limit(accepts, configuration.httpPort(), access.control());
        clients.bindMetrics(observability.metrics());
        listenToOperators(observability, random);
        coordinators.start(new SharedParts(
                host.map(replica -> replica.identity().incarnation()).orElseGet(() -> random.nextLong() >>> 1),
                host,
                host.map(ReplicaHost::peerDisks)
                        .orElseGet(
                                () -> new DisksInMemory(configuration.members().size())),
                clock,
                repairs,
                random,
                readiness,
                observability,
                clients,
                sockets,
                access.control(),
                faults.links(),
                troubles,
                memory));
    }

    private void listenToOperators(Observability observability, SecureRandom random) throws StartException {
        if (apart.isPresent()) {
            int port = configuration.serving().adminPort();
            AdminApi api = new AdminApi(
                    observability.metricsEndpoint(),
                    observability.callers(),
                    access.control(),
                    new RequestIds(random.nextLong()));
            AdminVerticle verticle = new AdminVerticle(
                    sockets,
                    configuration.httpHost(),
                    port,
                    api,
                    memory,
                    observability.metrics().lagOf("admin"));
            verticle.limit(accepts, access.control());
            apart.get().listen(verticle, "adminPort", configuration.httpHost(), port);
        }
    }

    private void awaitStopped() {
        boolean interrupted = false;
        while (stopped.getCount() > 0) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        LOG.info("{} closes down", configuration.nodeId());
        readiness.startDraining();
        coordinators.drain();
        vertx.close();
        apart.ifPresent(VertxRuntime::close);
        host.ifPresent(ServerProcess::closeReplica);
        access.close();
        LOG.info("{} has closed", configuration.nodeId());
        stopped.countDown();
    }

    private static void closeReplica(ReplicaHost replica) {
        try {
            replica.close();
        } catch (IOException | StoreException e) {
            LOG.error("the store did not close cleanly; what it acknowledged is durable all the same", e);
        }
    }
}
