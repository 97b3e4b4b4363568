package io.quorate.node.replica;

import io.quorate.common.model.DiskSpace;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a node's disk gets full, and when the node takes writes again. On a full disk, deletes may get space and
 * lose it again every second. The log has that once. Called in the order of the changes, by one thread at a time.
 */
public final class DiskSpaceLog implements Consumer<DiskSpace> {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceLog.class);

    private final String directory;
    private final long ballastBytes;
    private DiskSpace least = DiskSpace.ALL_WRITES;

    /** @param ballastBytes greatest length of the store's ballast */
    public DiskSpaceLog(String directory, long ballastBytes) {
        this.directory = directory;
        this.ballastBytes = ballastBytes;
    }

    @Override
    public void accept(DiskSpace space) {
        if (space == DiskSpace.ALL_WRITES && least != DiskSpace.ALL_WRITES) {
            LOG.info("the disk of {} has space again: this replica takes writes", directory);
            least = space;
        } else if (space.compareTo(least) > 0) {
            LOG.warn(
                    "the disk of {} is full: this replica refuses {}, and answers reads. Nothing that it acknowledged is"
                            + " lost. While a majority of the replicas has space, clients notice nothing. Otherwise they"
                            + " get 507. Free {} MiB there, for instance old checkpoints or aside-* files, or make the"
                            + " file system larger; never delete other files of this directory. If there is free space,"
                            + " inodes are lacking (df -i): free some of those. Writes go on by"
                            + " themselves within seconds, a restart is not needed",
                    directory,
                    space == DiskSpace.DELETES_ONLY
                            ? "values, takes deletes for as long as they find space"
                            : "all writes",
                    2 * ballastBytes >> 20);
            least = space;
        }
    }
}
