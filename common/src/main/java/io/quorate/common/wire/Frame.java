package io.quorate.common.wire;

/**
 * A message, and the correlation id that connects a reply to its request.
 *
 * @param patienceMs how long the sender of a request waits for the answer, from when it sent it. {@link #ANY_TIME} if
 *     it matters however late it comes, and for all that is no request
 */
public record Frame(long correlation, long patienceMs, Message message) {
    public static final long ANY_TIME = 0;

    public Frame(long correlation, Message message) {
        this(correlation, ANY_TIME, message);
    }
}
