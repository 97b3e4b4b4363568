package io.quorate.deploy.simulation.world;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.deploy.simulation.judge.KeptHints;
import io.quorate.deploy.simulation.judge.NodeAges;
import io.quorate.deploy.simulation.judge.ReplicaState;
import io.quorate.node.lsm.Store;
import io.quorate.node.replica.age.Ages;
import java.util.Set;

/** What judges see in the store of one process of a node. */
final class StoreLook {
    /** Of many keys, each look takes some in turn. */
    private static final int KEYS_PER_LOOK = 4;

    private final int node;
    private final Cluster cluster;
    private final RunningNode running;
    private final Store store;
    private long changesSeen;
    private long forgottenSeen;
    private NodeAges ages;

    /** @param ages what the store of the process showed first */
    StoreLook(int node, Cluster cluster, RunningNode running, NodeAges ages) {
        this.node = node;
        this.cluster = cluster;
        this.running = running;
        this.store = running.store();
        this.ages = ages;
    }

    /** Whether something may have become visible since the last look. */
    boolean isDue(long changes) {
        return changes != changesSeen;
    }

    void look(long changes) {
        changesSeen = changes;
        lookAtAges();
        if (hasForgottenMore()) {
            readAllKeys();
        }
        lookAtSomeKeys();
        judges().keeps(node, KeptHints.inMemory(store));
    }

    private Judges judges() {
        return cluster.judges();
    }

    private void lookAtAges() {
        Ages now = running.states().ages();
        if (!ages.isOf(now)) {
            if (now.fence() > ages.fence()) {
                cluster.count("fence raised");
            }
            ages = NodeAges.of(now);
            judges().has(node, ages);
        }
    }

    /** Whether the process has forgotten a key since the last look. */
    private boolean hasForgottenMore() {
        long before = forgottenSeen;
        forgottenSeen = running.forgetting().forgotten();
        for (long more = forgottenSeen - before; more > 0; more--) {
            cluster.count("key forgotten by a replica");
        }
        return forgottenSeen > before;
    }

    /** Memory seldom shows that a tombstone is forgotten, if a table has an older record. */
    private void readAllKeys() {
        judges().keys().forEach(key -> lookAt(key, store.get(key)));
    }

    private void lookAtSomeKeys() {
        Set<Key> keys = judges().keys();
        int turns = 1 + keys.size() / KEYS_PER_LOOK;
        int turn = 0;
        for (Key key : keys) {
            if (turn++ % turns == changesSeen % turns) {
                ReplicaState.inMemory(store, key).ifPresent(state -> judges().holds(node, key, state));
                store.getFromMemory(key).ifPresent(held -> lookAt(key, held));
            }
        }
    }

    private void lookAt(Key key, Record held) {
        long nowNs = cluster.time().nowNs();
        if (held.isForgotten() && judges().forgot(node, key, held.version(), nowNs)) {
            cluster.count("delete forgotten");
        }
    }
}
