package io.quorate.node.lsm.failure;

/**
 * Bytes on disk differ from those that were durably written there. This node has lost their content, and must not
 * report it as absent. The other replicas still have it.
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
                        + ". It is unknown which writes this node has lost, so it must not answer requests. The other"
                        + " replicas have its data",
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

    /** What is wrong there, without its consequences. */
    public String what() {
        return what;
    }

    @Override
    public <T> T match(FailureCases<T> cases) {
        return cases.corrupt(this);
    }
}
