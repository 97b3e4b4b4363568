package io.quorate.node.lsm.failure;

/**
 * Bytes on disk are not what was once durably written there. What they held is lost on this node and must not be taken
 * for "absent"; the other replicas still have it.
 */
public final class CorruptException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final long offset;
    private final String what;

    /**
     * @param path the file
     * @param offset where in it, in bytes
     * @param what what is wrong there
     */
    public CorruptException(String path, long offset, String what) {
        super(
                path + " is corrupt at offset " + offset + ": " + what
                        + ". What this node held is not known in full, so it must not answer for it; the other replicas"
                        + " have it",
                null);
        this.path = path;
        this.offset = offset;
        this.what = what;
    }

    public String path() {
        return path;
    }

    public long offset() {
        return offset;
    }

    /** What is wrong there, without what follows from it. */
    public String what() {
        return what;
    }
}
