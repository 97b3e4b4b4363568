package io.quorate.node.lsm.disk;

import java.io.IOException;

/** A file or directory could not be opened or made, since no file descriptor was free. Nothing was done. */
public final class OutOfDescriptorsException extends ShortageException {
    private static final long serialVersionUID = 1L;

    /** @param path what was to be opened */
    public OutOfDescriptorsException(String path, IOException cause) {
        super(
                Shortage.DESCRIPTORS,
                "no file descriptor is free to open " + path + ": " + cause.getMessage()
                        + ". Close connections, or raise the limit (ulimit -n, LimitNOFILE of systemd)",
                cause);
    }
}
