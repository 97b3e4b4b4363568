package io.quorate.client;

/** A read, a scan or a batch got no answer, or a refusal, until its deadline. A read changes nothing. */
public final class ReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ReadFailedException(int status, String why) {
        super(why);
        this.status = status;
    }

    /** The same, with the stack of the thread that waited. */
    ReadFailedException(ReadFailedException failure) {
        super(failure.getMessage(), failure);
        this.status = failure.status;
    }

    /** The status of HTTP of the last answer, or 0 if no node answered. */
    public int status() {
        return status;
    }
}
