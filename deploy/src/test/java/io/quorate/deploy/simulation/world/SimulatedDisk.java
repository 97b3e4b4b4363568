package io.quorate.deploy.simulation.world;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Key;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.deploy.simulation.judge.DurableState;
import io.quorate.deploy.simulation.judge.NodeAges;
import io.quorate.deploy.simulation.judge.ReplicaState;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.age.Ages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The disk of one machine, with its faults. It outlives processes. Its forced bytes outlive a loss of power. */
public final class SimulatedDisk {
    static final ClusterId CLUSTER = new ClusterId("simulated");

    private static final long USUAL_NS_MAX = 300_000;
    private static final long SLOW_NS_MAX = 50_000_000;

    private final NodeId id;
    private final Random random;
    private CrashDisk disk = new CrashDisk();
    private long delayNsMax = USUAL_NS_MAX;
    private boolean powerIsLost;

    /** The member's own disk, while an empty one is in its place. */
    private Optional<CrashDisk> own = Optional.empty();

    SimulatedDisk(NodeId id, Random random) throws IOException {
        this.id = id;
        this.random = random;
        format();
    }

    private void format() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, id, new DiskId(random.nextLong()));
        }
        disk.killProcess();
    }

    /** From now on, each task that uses it may take as long as many requests have. */
    void slowDown() {
        delayNsMax = SLOW_NS_MAX;
    }

    /** The longest time until a task that uses it is done. */
    long delayNsMax() {
        return delayNsMax;
    }

    CrashDisk files() {
        return disk;
    }

    // ---- another disk under the same name ----

    /** Puts an empty disk in the place of this one. No process may run. */
    void replace() throws IOException {
        own = Optional.of(disk);
        disk = new CrashDisk();
        format();
    }

    /** The disk that was replaced is found again. No process may run. */
    void bringBack() {
        disk = own.orElseThrow();
        own = Optional.empty();
        powerIsLost = false;
    }

    boolean isReplaced() {
        return own.isPresent();
    }

    /** What the member's own disk would show of other disks after a loss of power, if only forced bytes survived. */
    DiskMemory durableMemory(MemberIds members) {
        CrashDisk copy = own.orElse(disk).copyOfDurable();
        try {
            return DiskMemory.open(copy, IdentityFile.of(copy).orElseThrow(), members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isCrashed() {
        return disk.isCrashed();
    }

    /** How many times a process changed something. Nothing becomes visible in a store without that. */
    long changes() {
        return disk.operations();
    }

    void killProcess() {
        disk.killProcess();
    }

    /** The bytes that survive are decided when power comes back. */
    void losePower() {
        disk.killProcess();
        powerIsLost = true;
    }

    void bringPowerBack() throws IOException {
        if (powerIsLost) {
            powerIsLost = false;
            Survivors[] all = Survivors.values();
            disk.losePower(all[random.nextInt(all.length)], random);
        }
    }

    /** Loses power in the middle of one of the next operations. */
    void losePowerWhileWriting() {
        disk.crashAt(disk.operations() + random.nextInt(12));
    }

    /** One of the next forces fails, and with it the process. */
    void failForce() {
        int[] left = {random.nextInt(6)};
        disk.faults().fail(operation -> operation.kind() == Operation.Kind.FORCE && left[0]-- == 0);
    }

    /** Leaves so much room on the disk. */
    void limitRoom(long bytes) {
        disk.faults().roomBytes(disk.totalBytes() - disk.usableBytes() + bytes);
    }

    void giveRoom() {
        disk.faults().roomBytes(CrashDisk.NO_LIMIT_BYTES);
    }

    /** Cancels the faults that were planned, and makes it as fast as usual. */
    void calm() {
        delayNsMax = USUAL_NS_MAX;
        disk.crashAt(Long.MAX_VALUE);
        disk.faults().fail(Operation.none());
        giveRoom();
    }

    /** The records of these keys that the store would have after a loss of power now, if only forced bytes survived. */
    DurableState afterPowerLoss(Set<Key> keys, StoreOptions options, MachineClock clock) {
        StoreThreads threads =
                new StoreThreads(Runnable::run, task -> {}, task -> {}, (delayMs, action) -> () -> {}, clock);
        // The store is not closed. A close would wait for flushes and merges, and no thread runs them. It is garbage
        // all the same.
        try {
            Store store = Store.open(
                    DataDirectory.open(disk.copyOfDurable()), options.withBallastBytes(0), threads, failure -> {});
            Map<Key, ReplicaState> states = new HashMap<>();
            keys.forEach(key -> states.put(key, ReplicaState.of(store, key)));
            return new DurableState(states, NodeAges.of(new Ages(store)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
