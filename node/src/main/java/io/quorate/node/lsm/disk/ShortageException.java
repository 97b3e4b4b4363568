package io.quorate.node.lsm.disk;

import java.io.IOException;

/**
 * The operating system lacked something that a call needed. No byte that was durable is in doubt. The call may be made
 * again later. A failed force is never a shortage, whatever its reason.
 */
public abstract sealed class ShortageException extends IOException
        permits DiskFullException, OutOfDescriptorsException {
    private static final long serialVersionUID = 1L;

    /** What was lacking. */
    public enum Shortage {
        /** Space for bytes, or for another file. */
        DISK_SPACE,
        /** File descriptors, of this process or of the machine. */
        DESCRIPTORS
    }

    private final Shortage shortage;

    ShortageException(Shortage shortage, String message, IOException cause) {
        super(message, cause);
        this.shortage = shortage;
    }

    public Shortage shortage() {
        return shortage;
    }
}
