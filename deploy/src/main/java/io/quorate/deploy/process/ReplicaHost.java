package io.quorate.deploy.process;

import io.quorate.common.time.HybridClock;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.StoreOptions;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.QueryHandler;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.ScanHandler;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica with the threads and the directory that it needs: opened before anything listens, closed after. */
final class ReplicaHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaHost.class);

    /** Exit code of a process that stopped itself since its disk failed: not to be restarted blindly. */
    private static final int HALT_DISK_FAILED = 74;

    private final DataDirectory directory;
    private final NodeIdentity identity;
    private final StorageThreads threads;
    private final Store store;
    private final Replica replica;

    private ReplicaHost(DataDirectory directory, NodeIdentity identity, StoreOptions options, HybridClock clock)
            throws IOException {
        this.directory = directory;
        this.identity = identity;
        this.threads = StorageThreads.start(identity.node().name());
        try {
            this.store = Store.open(directory, options, threads.forStore(), ReplicaHost::halt);
        } catch (IOException | StoreException e) {
            threads.close();
            throw e;
        }
        this.replica = new Replica(
                clock,
                new QueryHandler(store, threads.readers()),
                new StoreHandler(store, clock),
                new ScanHandler(store, threads.readers()),
                new InspectHandler(store, clock, new ProcessGauges()));
    }

    /**
     * Opens a node's data directory and everything that was durable in it.
     *
     * @param init whether to make the directory first
     * @param clock the process's clock, which follows the versions that are stored
     * @throws StoreException if the directory is missing, another's, newer than this program or damaged
     */
    static ReplicaHost open(NodeConfiguration configuration, boolean init, HybridClock clock) throws IOException {
        RealDisk disk = new RealDisk(configuration.dataDirectory());
        DataDirectory directory = init ? DataDirectory.create(disk) : DataDirectory.open(disk);
        try {
            if (init) {
                NodeIdentity.create(directory, configuration.coordinator().clusterId(), configuration.nodeId());
            }
            NodeIdentity identity =
                    NodeIdentity.claim(directory, configuration.coordinator().clusterId(), configuration.nodeId());
            StoreOptions options = StoreOptions.DEFAULTS
                    .withMemtableBytes(configuration.memtableBytes())
                    .withValueBytesMax(configuration.coordinator().valueBytesMax());
            return new ReplicaHost(directory, identity, options, clock);
        } catch (IOException | StoreException e) {
            directory.close();
            throw e;
        }
    }

    NodeIdentity identity() {
        return identity;
    }

    Replica replica() {
        return replica;
    }

    /** A store that cannot go on takes its process along: whoever waits for it must see a dead node, not a mute one. */
    private static void halt(StoreException why) {
        LOG.error("halting, since the store has stopped for good: {}", why.getMessage(), why);
        Runtime.getRuntime().halt(HALT_DISK_FAILED);
    }

    @Override
    public void close() throws IOException {
        store.close();
        threads.close();
        directory.close();
    }
}
