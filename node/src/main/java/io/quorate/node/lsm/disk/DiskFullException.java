package io.quorate.node.lsm.disk;

import java.io.IOException;

/**
 * There was no room for what was to be written. Some of its bytes may be in the file; whatever else the file holds is as
 * it was, and may be relied upon. That is so for writes and new names only: a force that finds no room has failed like
 * any other.
 */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param path what was being written */
    public DiskFullException(String path, IOException cause) {
        super("no room on the disk for " + path + ": " + cause.getMessage() + ". Free some space", cause);
    }
}
