package io.quorate.deploy.local.folder;

/** A command for a local cluster was refused or failed. The message says which steps were done, and what to do. */
public final class LocalClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private LocalClusterException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    public static LocalClusterException failed(String message) {
        return new LocalClusterException(message, false);
    }

    /** The command is wrong for this cluster: nothing was tried. */
    public static LocalClusterException usage(String message) {
        return new LocalClusterException(message, true);
    }

    public boolean isUsage() {
        return usage;
    }
}
