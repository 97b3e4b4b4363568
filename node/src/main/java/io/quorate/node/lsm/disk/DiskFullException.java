package io.quorate.node.lsm.disk;

import java.io.IOException;

/**
 * There was no space for a write. Some of its bytes may be in the file. The rest of the file is as it was, and is
 * reliable. This holds for writes and new names only. A force that finds no space has failed like any other force.
 */
public final class DiskFullException extends ShortageException {
    private static final long serialVersionUID = 1L;

    /** @param path what was being written */
    public DiskFullException(String path, IOException cause) {
        super(
                Shortage.DISK_SPACE,
                "no space on the disk for " + path + ": " + cause.getMessage()
                        + ". Free some space, or some inodes if there is space (df -i)",
                cause);
    }
}
