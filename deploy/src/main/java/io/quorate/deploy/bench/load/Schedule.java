package io.quorate.deploy.bench.load;

/** When a group's requests are due. */
interface Schedule {
    /** When the next request is due, or {@link Long#MAX_VALUE} if that depends on the end of another one. */
    long dueNs();

    /** Goes on to the request after it. */
    void next();

    /** One of the requests has ended. */
    void ended(long nowNs, boolean lostItsConnection);

    /** Whether no request follows. */
    default boolean isOver() {
        return false;
    }
}
