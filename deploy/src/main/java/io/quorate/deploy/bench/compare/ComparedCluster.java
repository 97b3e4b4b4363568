package io.quorate.deploy.bench.compare;

import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Three nodes of one system, in a folder of their own. */
interface ComparedCluster extends AutoCloseable {
    String name();

    /** Where its nodes answer clients. */
    List<Endpoint> endpoints();

    Protocol protocol();

    /** Where its nodes keep their data. */
    Path folder();

    /** The processes of its nodes that run. */
    List<Long> pids();

    /**
     * Chooses the node whose loss hurts most, etcd's leader and any of Quorate's, and returns where the others answer.
     */
    List<Endpoint> chooseVictim() throws LocalClusterException;

    /** Kills the node that was chosen last. */
    void killVictim() throws IOException, LocalClusterException;

    /** Kills all nodes at once. */
    void killAll() throws IOException, LocalClusterException;

    /** Starts the nodes that do not run, and returns when all answer. */
    void startMissing() throws IOException, LocalClusterException;

    @Override
    void close() throws IOException, LocalClusterException;
}
