package io.quorate.deploy.process;

import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.config.VerificationOptions;
import io.quorate.deploy.convergence.NodeConvergence;
import io.quorate.deploy.metrics.Metrics;
import io.quorate.node.checkpoint.StoreCheckpoints;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.handler.ReadPace;
import io.quorate.node.convergence.founding.AgreeHandler;
import io.quorate.node.convergence.founding.Founder;
import io.quorate.node.convergence.founding.Founding;
import io.quorate.node.convergence.founding.FoundingOptions;
import io.quorate.node.convergence.handoff.HeldRegisters;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.NativeCode;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.space.DirectoryUsage;
import io.quorate.node.replica.DescriptorLog;
import io.quorate.node.replica.DiskSpaceLog;
import io.quorate.node.replica.HandoffHandlers;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.QueryHandler;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.ScanHandler;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.server.Handshake;
import io.quorate.node.threads.StorageThreads;
import io.quorate.node.voting.VotingRight;
import io.quorate.node.voting.Wipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica with its threads and its directory. It is opened before anything listens, and closed after that. */
final class ReplicaHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaHost.class);

    /** Exit code of a process that stopped itself because its disk failed. It should not be restarted blindly. */
    static final int HALT_DISK_FAILED = 74;

    private final DataDirectory directory;
    private final NodeIdentity identity;
    private final StorageThreads threads;
    private final VotingRight right;
    private final Optional<Store> store;
    private final Optional<Hints> hints;
    private final Optional<NodeConvergence> convergence;
    private final Replica replica;
    private final Optional<HintHandoff> handoff;
    private final Handshake handshake;
    private final DiskMemory disks;
    private final Founding founding;
    private final Checkpoints checkpoints;

    private ReplicaHost(
            DataDirectory directory,
            NodeIdentity identity,
            DiskMemory disks,
            MemberIds members,
            StoreOptions options,
            HintOptions hintOptions,
            VerificationOptions verification,
            int checkpointsMax,
            HybridClock clock)
            throws IOException {
        this.directory = directory;
        this.identity = identity;
        this.disks = disks;
        this.founding = new Founding(disks, SystemClock.INSTANCE);
        this.right = VotingRight.of(directory);
        if (!right.isVoter()) {
            LOG.error("this replica does not vote: {}", right.why());
        }
        this.threads = startThreads(identity.node().name());
        try {
            this.store = openStore(options);
            store.ifPresent(opened -> logShortages(opened, options));
        } catch (IOException | StoreException e) {
            threads.close();
            throw e;
        }
        this.hints = store.map(opened -> new Hints(opened, members.ids().size(), hintOptions, clock));
        Optional<KeyStates> states = store.map(opened -> new KeyStates(opened, right, threads.readers()));
        this.convergence = store.map(opened -> new NodeConvergence(
                opened,
                hints.orElseThrow(),
                founding,
                threads,
                pace(verification),
                verification.purgeQuietMs(),
                SystemClock.INSTANCE));
        this.replica = new Replica(clock, right, inspections(clock), states.map(found -> handlers(found, clock)));
        this.handoff = states.map(found -> new HintHandoff(
                hints.orElseThrow(), new HeldRegisters(found), members, identity.node(), threads.readers()));
        this.handshake = new Handshake(identity, members, disks, SystemClock.INSTANCE);
        this.checkpoints = store.<Checkpoints>map(opened -> new NodeCheckpoints(new StoreCheckpoints(
                        opened, right, directory.disk(), checkpointsMax, threads.readers(), SystemClock.INSTANCE)))
                .orElseGet(() -> Checkpoints.refusing(Checkpoints.CheckpointRefusalReason.NO_VOTE, right.why()));
    }

    private static StorageThreads startThreads(String owner) throws IOException {
        try {
            return StorageThreads.start(owner);
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "the operating system allows too few threads. Raise the limit (ulimit -u, TasksMax of systemd,"
                            + " pids.max of the container)",
                    e);
        }
    }

    private void logShortages(Store opened, StoreOptions options) {
        opened.onDiskSpace(
                new DiskSpaceLog(directory.disk().pathOf(""), options.disk().ballastBytes()));
        opened.onDescriptorShortage(new DescriptorLog(SystemClock.INSTANCE));
        opened.onFiltersFull(() -> LOG.warn(
                "a table found no room for its filter within {} MiB. So its filter stays on disk, and reads of absent"
                        + " keys may wait for it. Give the node more memory by QUORATE_MEMORY_MIB, and restart it."
                        + " quorate_store_tables_without_filter says how many tables have none in memory",
                options.blocks().filterBytesMax() >> 20));
    }

    /** What keeps the store from some of its work for now. Empty if nothing does. */
    Optional<String> shortage() {
        return store.filter(Store::isOutOfDescriptors)
                .map(any -> "the store of this node finds no free file descriptor, so it may refuse writes");
    }

    /** Empty if the store is too damaged to be opened. */
    Optional<NodeConvergence> convergence() {
        return convergence;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Adds the metrics of the store. A store that is too damaged to be opened has none. */
    void bindMetrics(Metrics metrics) {
        store.ifPresent(opened -> metrics.watch(opened, directory.disk()));
        hints.ifPresent(metrics::watch);
        convergence.ifPresent(metrics::watch);
        metrics.watch(replica, handshake.failures());
    }

    private Replica.Registers handlers(KeyStates states, HybridClock clock) {
        Hints kept = hints.orElseThrow();
        return new Replica.Registers(
                new QueryHandler(states),
                new StoreHandler(states, right, clock, threads.readers(), kept),
                ConsensusHandlers.of(states, clock),
                new ScanHandler(states, threads.readers()),
                HandoffHandlers.of(states, threads.readers(), kept),
                convergence.map(each -> each.handlers(states)),
                Optional.of(new AgreeHandler(disks, threads.readers())));
    }

    private InspectHandler inspections(HybridClock clock) {
        DirectoryUsage usage = new DirectoryUsage(directory.disk(), SystemClock.INSTANCE, threads.readers());
        return new InspectHandler(
                store,
                clock,
                right,
                new ProcessGauges(),
                () -> hints.map(Hints::figures).orElse(List.of()),
                usage::current);
    }

    /** Sends what other members missed, once they are back. Empty if the store is too damaged to be opened. */
    Optional<HintHandoff> handoff() {
        return handoff;
    }

    /** A damaged store is left alone: opening it would write to it. */
    private Optional<Store> openStore(StoreOptions options) throws IOException {
        if (right.votingStatus() == VotingStatus.DAMAGED) {
            return Optional.empty();
        }
        try {
            return Optional.of(Store.open(directory, options, threads.forStore(), this::storeStopped));
        } catch (CorruptException e) {
            right.lose(e);
            return Optional.empty();
        }
    }

    /**
     * Opens a node's data directory and everything that was durable in it.
     *
     * @param disk its data directory
     * @param start what to do to the directory first
     * @param clock the process's clock, which follows the versions that are stored
     * @throws StoreException if the directory is missing, belongs to another node, or is newer than this program
     */
    static ReplicaHost open(NodeConfiguration configuration, Disk disk, Start start, HybridClock clock)
            throws IOException {
        DataDirectory directory = start == Start.INIT ? DataDirectory.create(disk) : DataDirectory.open(disk);
        try {
            loadNativeCode(configuration.dataDirectory());
            if (start == Start.INIT) {
                IdentityFile.create(directory, configuration.coordinator().clusterId(), configuration.nodeId());
            }
            ClusterId cluster = configuration.coordinator().clusterId();
            MemberIds members = configuration.coordinator().memberIds();
            DiskMemory.requireList(disk, cluster, configuration.nodeId(), members);
            NodeIdentity identity = IdentityFile.claim(directory, cluster, configuration.nodeId());
            if (start == Start.WIPE) {
                Wipe.run(directory, identity.incarnation());
            }
            StoreOptions options = StoreOptions.DEFAULTS
                    .withMemtableBytes(configuration.memtableBytes())
                    .withValueBytesMax(RecordCodec.VALUE_BYTES_MAX)
                    .withBlockCacheBytes(configuration.blockCacheBytes())
                    .withVersionCacheBytes(configuration.versionCacheBytes())
                    .withFilterBytesMax(configuration.filterBytesMax())
                    .withBallastBytes(configuration.ballastBytes());
            HintOptions hintOptions = new HintOptions(
                    configuration.handoff().hintsMax(), configuration.handoff().hintBytesPerSecondMax());
            return new ReplicaHost(
                    directory,
                    identity,
                    DiskMemory.open(disk, identity, members),
                    members,
                    options,
                    hintOptions,
                    configuration.verification(),
                    configuration.checkpointsMax(),
                    clock);
        } catch (IOException | StoreException e) {
            directory.close();
            throw e;
        }
    }

    private static ReadPace pace(VerificationOptions verification) {
        return new ReadPace(verification.verifyEveryMs(), verification.verifyBytesPerSecondMax());
    }

    /** A merge that cannot compress must not be found days later: the start is refused instead. */
    private static void loadNativeCode(Path spare) throws IOException {
        NativeCode.load(spare);
        if (!NativeCode.isLz4Native()) {
            LOG.warn("the native code of LZ4 cannot be loaded, so tables are compressed by slower Java code;"
                    + " 'quorate doctor' shows more");
        }
    }

    NodeIdentity identity() {
        return identity;
    }

    /** Who may call this replica. */
    Handshake handshake() {
        return handshake;
    }

    /** Gets this node founded, on the event loop of the peers. */
    Founder founder(Peers peers, Scheduler scheduler) {
        return new Founder(peers, disks, founding, scheduler, threads.readers(), FoundingOptions.DEFAULTS);
    }

    /** The disks of other members, as this node remembers them. */
    PeerDisks peerDisks() {
        return new NodeDisks(disks, threads.readers(), handshake);
    }

    Replica replica() {
        return replica;
    }

    /** Damage in a store ends only its vote. Any other reason for which a store stops ends the process. */
    private void storeStopped(StoreException why) {
        if (why instanceof CorruptException damage) {
            right.lose(damage);
        } else {
            halt(why);
        }
    }

    /** A store that cannot go on ends its process: other nodes must see a dead node, not one that does not answer. */
    private static void halt(StoreException why) {
        LOG.error("halting, since the store has stopped for good: {}", why.getMessage(), why);
        Runtime.getRuntime().halt(HALT_DISK_FAILED);
    }

    @Override
    public void close() throws IOException {
        store.ifPresent(Store::close);
        threads.close();
        directory.close();
    }
}
