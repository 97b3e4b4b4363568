package io.quorate.deploy.process;

import io.quorate.common.link.Links;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.fault.FaultSwitch;
import io.quorate.deploy.local.fault.FaultsEndpoint;
import io.quorate.deploy.local.fault.NoFaultsEndpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.metrics.LoopFigures;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.server.Handshake;
import io.quorate.node.server.ReplicaServer;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start to its end: opens what is below before it listens above, and closes in the other order. */
public final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    private static final long START_TIMEOUT_S = 30;
    private static final long CLOSE_TIMEOUT_S = 10;
    private static final long FIGURES_TIMEOUT_MS = 500;

    /** For how long a start without a quorum waits for one, before it answers that there is none. */
    private static final long ACQUAINTANCE_MS = 1_000;

    /** Nothing is served from files or the class path: without this each start leaves a folder in the temporary one. */
    private static final FileSystemOptions NO_FILES =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    private final CoordinatorConfiguration configuration;
    private final Optional<ReplicaHost> host;
    private final HybridClock clock;
    private final Links links;
    private final Vertx vertx;
    private HttpEndpoint faults = NoFaultsEndpoint.INSTANCE;

    /** Those that listen. */
    private final List<CoordinatorVerticle> coordinators = new CopyOnWriteArrayList<>();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean draining;

    private ServerProcess(
            CoordinatorConfiguration configuration,
            Optional<ReplicaHost> host,
            HybridClock clock,
            Optional<FaultSwitch> faults) {
        this.links = faults.map(FaultSwitch::links).orElse(Links.PLAIN);
        this.clock = clock;
        this.configuration = configuration;
        this.host = host;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(configuration.eventLoops())
                .setPreferNativeTransport(true)
                .setFileSystemOptions(NO_FILES));
    }

    /**
     * Runs a node until the process is told to end.
     *
     * @param start what to do to its data directory first
     * @throws StartException if it cannot start
     */
    public static void runNode(NodeConfiguration configuration, Start start) throws StartException {
        Optional<FaultSwitch> faults = openFaults(configuration);
        HybridClock clock = clock(
                configuration.coordinator(),
                faults.map(open -> open.skewing(SystemClock.INSTANCE)).orElse(SystemClock.INSTANCE));
        ReplicaHost host = openReplica(configuration, start, clock);
        ServerProcess process = new ServerProcess(configuration.coordinator(), Optional.of(host), clock, faults);
        process.run(() -> {
            if (faults.isPresent()) {
                process.offerFaults(configuration.faultsFile().orElseThrow(), faults.get());
            }
            List<NodeId> members =
                    configuration.members().stream().map(Member::id).toList();
            Handshake handshake = new Handshake(
                    configuration.coordinator().clusterId(),
                    configuration.nodeId(),
                    host.identity().incarnation(),
                    members);
            for (int i = 0; i < configuration.coordinator().eventLoops(); i++) {
                process.deploy(
                        new ReplicaServer(
                                configuration.peerHost(),
                                configuration.peerPort(),
                                host.replica(),
                                handshake,
                                process.links,
                                configuration.coordinator().valueBytesMax()),
                        "peerPort",
                        configuration.peerHost(),
                        configuration.peerPort());
            }
        });
    }

    private static HybridClock clock(CoordinatorConfiguration configuration, Clock machine) {
        return new HybridClock(machine, configuration.clockSkewMsMax());
    }

    private static Optional<FaultSwitch> openFaults(NodeConfiguration configuration) throws StartException {
        try {
            Optional<Path> file = configuration.faultsFile();
            return file.isPresent() ? Optional.of(FaultSwitch.open(file.get())) : Optional.empty();
        } catch (IOException e) {
            throw new StartException("faultsFile: " + e.getMessage(), e);
        }
    }

    private void offerFaults(Path file, FaultSwitch injected) throws StartException {
        try {
            faults = FaultsEndpoint.open(configuration.nodeId(), file, vertx);
            injected.watch(vertx);
        } catch (IOException | LocalClusterException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private static ReplicaHost openReplica(NodeConfiguration configuration, Start start, HybridClock clock)
            throws StartException {
        try {
            return ReplicaHost.open(configuration, start, clock);
        } catch (StoreException e) {
            throw new StartException(e.getMessage(), e);
        } catch (IOException e) {
            throw new StartException("cannot open the data directory " + configuration.dataDirectory() + ": " + e, e);
        }
    }

    /** Runs a coordinator without a replica until the process is told to end. */
    public static void runCoordinator(CoordinatorConfiguration configuration) throws StartException {
        HybridClock clock = clock(configuration, SystemClock.INSTANCE);
        new ServerProcess(configuration, Optional.empty(), clock, Optional.empty()).run(() -> {});
    }

    /** Has this process end cleanly when another one has ended, however that ended. */
    public static void endWith(long pid) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(
                        owner -> owner.onExit()
                                .thenRun(() -> Runtime.getRuntime().exit(0)),
                        () -> Runtime.getRuntime().exit(0));
    }

    private interface Servers {
        void run() throws StartException;
    }

    private void run(Servers replicaServers) throws StartException {
        try {
            replicaServers.run();
            startCoordinators();
        } catch (StartException e) {
            close();
            throw e;
        }
        Thread hook = new Thread(this::close, "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        LOG.info(
                "{} of cluster {} answers at http://{}:{}",
                configuration.nodeId(),
                configuration.clusterId(),
                configuration.httpHost(),
                configuration.httpPort());
        awaitStopped();
    }

    private void startCoordinators() throws StartException {
        SecureRandom random = new SecureRandom();
        RepairCounts repairs = new RepairCounts();
        Observability exhibits = new Observability(configuration, repairs, clock, faults, this::figures);
        host.ifPresent(replica -> replica.report(exhibits.metrics()));
        CoordinatorVerticle.Shared shared = new CoordinatorVerticle.Shared(
                host.map(replica -> replica.identity().incarnation()).orElseGet(() -> random.nextLong() >>> 1),
                host.map(ReplicaHost::replica),
                clock,
                repairs,
                random,
                readiness(),
                host.map(ReplicaHost::checkpoints).orElse(Checkpoints.NONE),
                exhibits,
                links);
        long listenByNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(ACQUAINTANCE_MS);
        for (int i = 0; i < configuration.eventLoops(); i++) {
            CoordinatorVerticle verticle = new CoordinatorVerticle(configuration, shared, listenByNs);
            deploy(verticle, "httpPort", configuration.httpHost(), configuration.httpPort());
            coordinators.add(verticle);
        }
    }

    /** What all event loops say of themselves, without those that do not get to it in time. */
    private Future<List<LoopFigures>> figures() {
        List<Future<LoopFigures>> asked =
                coordinators.stream().map(CoordinatorVerticle::figures).toList();
        Timer patience = vertx.timer(FIGURES_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        return Future.any(Future.join(asked), patience).transform(either -> {
            patience.cancel();
            return Future.succeededFuture(
                    asked.stream().filter(Future::succeeded).map(Future::result).toList());
        });
    }

    private Readiness readiness() {
        return new Readiness() {
            @Override
            public Optional<String> obstacle() {
                return draining ? Optional.of("this process is closing down") : Optional.empty();
            }

            @Override
            public Optional<String> concern() {
                return host.map(replica -> replica.replica().whyNoVote())
                        .filter(why -> !why.isEmpty())
                        .map(why -> "the replica of this node does not vote: " + why);
            }
        };
    }

    private void deploy(Deployable verticle, String option, String address, int port) throws StartException {
        try {
            await(vertx.deployVerticle(verticle), START_TIMEOUT_S);
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof BindException
                    ? "another process listens there, or the address is not this machine's"
                    : String.valueOf(e.getCause());
            throw new StartException(
                    "cannot listen on " + address + ":" + port + " (" + option + "): " + reason, e.getCause());
        } catch (TimeoutException e) {
            throw new StartException("listening on " + address + ":" + port + " took too long", e);
        }
    }

    private static void await(Future<?> future, long timeoutS) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.toCompletionStage().toCompletableFuture().get(timeoutS, TimeUnit.SECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
        draining = true;
        long drainS = TimeUnit.MILLISECONDS.toSeconds(configuration.drainTimeoutMs()) + 1;
        for (CoordinatorVerticle coordinator : coordinators) {
            closeQuietly("requests in flight", coordinator.drain(), drainS);
        }
        closeQuietly("connections", vertx.close(), CLOSE_TIMEOUT_S);
        host.ifPresent(ServerProcess::closeReplica);
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

    private static void closeQuietly(String what, Future<?> closing, long timeoutS) {
        try {
            await(closing, timeoutS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("closing {} did not end cleanly: {}", what, e.toString());
        }
    }
}
