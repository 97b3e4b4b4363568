package io.quorate.deploy.local.folder;

/** A command for a local cluster that is refused or failed; the message says what was done, if anything, and what to do. */
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

    /** The command makes no sense for this cluster: nothing was tried. */
    public static LocalClusterException usage(String message) {
        return new LocalClusterException(message, true);
    }

    public boolean isUsage() {
        return usage;
    }
}
