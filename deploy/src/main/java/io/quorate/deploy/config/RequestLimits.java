package io.quorate.deploy.config;

/**
 * The limits of a client's request.
 *
 * @param valueBytesMax the longest value that a PUT may carry. Too low refuses values that clients need to store. Too
 *     high lets a few requests fill the heap, on the other nodes too. It may differ between processes, and longer
 *     values that are stored already can still be read. Default 1 MiB, at most 64 MiB
 * @param requestMemoryMib the memory that all requests together may hold, in MiB: bodies, values, unread answers and
 *     messages to other processes. Beyond it a request waits a moment, and then gets 429. Too low refuses requests that
 *     the heap has room for. Too high lets requests fill the heap, which ends the process. In a node it may be 5/8 of
 *     the heap together with {@code blockCacheMib}. 0 derives it from the heap: half of all but 56 MiB. Default 0
 * @param requestTimeoutMs the time limit of a request without a {@code timeout} of its own. Too low reports a slow disk
 *     as an outage, and leaves the outcome of writes unknown. Too high keeps clients waiting for answers that do not
 *     come. Default 2000
 * @param requestTimeoutMsMax the longest {@code timeout} that a request may name. Too low refuses patient clients. Too
 *     high lets stuck requests pile up. Default 60000
 * @param idempotencyRetentionMs the time for which a write with an idempotency key is remembered. It begins when a
 *     coordinator with this option first proposes the write, and retries through other coordinators do not extend it.
 *     Too low lets a late retry have the effect again. Too high keeps about 200 bytes on each replica for each such
 *     write. Default 86400000, a day. At least a minute, and at most 24 days
 */
public record RequestLimits(
        int valueBytesMax,
        int requestMemoryMib,
        int requestTimeoutMs,
        int requestTimeoutMsMax,
        int idempotencyRetentionMs)
        implements OptionGroup {
    private static final int MIB = 1 << 20;
    private static final int DAY_MS = 86_400_000;

    static RequestLimits take(Options options) {
        return new RequestLimits(
                options.integer("valueBytesMax", 1, 64 * MIB, MIB),
                options.integer("requestMemoryMib", 0, 1 << 20, 0),
                options.integer("requestTimeoutMs", 1, 600_000, 2_000),
                options.integer("requestTimeoutMsMax", 1, 600_000, 60_000),
                options.integer("idempotencyRetentionMs", 60_000, 24 * DAY_MS, DAY_MS));
    }

    /** The memory that all requests together may hold. By default it spares the survivor space that may stay empty. */
    public long memoryBytes() {
        return memoryBytes(Runtime.getRuntime().maxMemory());
    }

    long memoryBytes(long heapBytes) {
        long derived = Math.max(heapBytes / 8, (heapBytes - 56 * MIB) / 2);
        return requestMemoryMib == 0 ? derived : (long) requestMemoryMib * MIB;
    }

    void check(Options options) {
        if (options.sound("requestTimeoutMs", "requestTimeoutMsMax") && requestTimeoutMs > requestTimeoutMsMax) {
            options.problem(
                    "requestTimeoutMs",
                    requestTimeoutMs + " is above the longest timeout that a request may name",
                    "allowed: up to requestTimeoutMsMax, which is " + requestTimeoutMsMax);
        }
    }
}
