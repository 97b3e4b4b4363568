package io.quorate.node.lsm.recovery;

import io.quorate.common.model.Version;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.Recovery.Recovered;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.NewestVersions;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableTree;
import io.quorate.node.lsm.view.View;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The parts that the threads of an open store share. Each is safe for use by several threads, or says whose it is. The
 * constructors of those threads' classes take what they need from here and do not keep the record itself.
 */
public record OpenStore(
        StoreOptions options,
        StoreThreads threads,
        Wakeups wakeups,
        StoreHealth health,
        StoreCounters counters,
        SpaceMonitor space,
        LiveView live,
        NewestVersions versions,
        Recovered recovered) {
    /**
     * @param wakeups may be called only after the store is complete. No code here calls it before
     * @param fatal receives the failure that stops the store
     */
    public static OpenStore of(
            Disk disk,
            StoreOptions options,
            StoreThreads threads,
            Wakeups wakeups,
            Consumer<StoreException> fatal,
            Recovered recovered)
            throws IOException {
        SpaceMonitor space =
                new SpaceMonitor(disk, options.disk().ballastBytes(), threads.timers(), wakeups::probeSpace);
        NewestVersions versions =
                new NewestVersions(options.versionCacheBytes(), highestVersion(recovered.tables()), disk::newSalt);
        return new OpenStore(
                options,
                threads,
                wakeups,
                new StoreHealth(fatal),
                new StoreCounters(),
                space,
                new LiveView(firstView(recovered, versions)),
                versions,
                recovered);
    }

    private static Version highestVersion(List<PlacedTable> tables) {
        return tables.stream().map(each -> each.table().maxVersion()).reduce(Version.ZERO, Version::max);
    }

    /** From now on only the view holds the memtable and the tables. */
    private static View firstView(Recovered recovered, NewestVersions versions) throws IOException {
        Memtable memtable = new Memtable(recovered.log().activeNumber(), recovered.memory(), versions);
        View view = new View(memtable, List.of(), new TableTree(recovered.tables()));
        memtable.release();
        for (PlacedTable each : recovered.tables()) {
            each.table().release();
        }
        return view;
    }
}
