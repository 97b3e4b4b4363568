package io.quorate.common.wire;

/**
 * A message, and the correlation id that connects a reply to its request.
 *
 * @param patienceMs how long the sender of a request still waits for the answer. Clocks may differ, so the replica
 *     counts from when it reads the request: a request that was long on its way is dropped later than it could be.
 *     {@link #ANY_TIME} if the answer matters however late it comes, and for all that is no request
 */
public record Frame(long correlation, long patienceMs, Message message) {
    public static final long ANY_TIME = 0;

    public Frame(long correlation, Message message) {
        this(correlation, ANY_TIME, message);
    }
}
