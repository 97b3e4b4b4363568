package io.quorate.deploy.bench.load;

import io.quorate.deploy.bench.request.RequestKind;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of a group's requests. Each request counts for the time at which it was due. Belongs to the event loop
 * until the group is drained.
 */
public final class GroupTally {
    /** The client gave up, and the request may have had an effect. */
    public static final String GAVE_UP = "gave up";

    /** The client gave up while it waited for a connection. */
    public static final String GAVE_UP_UNSENT = "gave up, not sent";

    public static final String CONNECTION_LOST = "connection lost";

    /** The server closed a connection on which a request was begun and not finished. */
    static final String CLOSED_BY_SERVER = "closed by the server";

    /** Such a connection was open to the end. */
    static final String HELD = "held to the end";

    private static final long LATENCY_US_MAX = 120_000_000;

    private final String group;
    private final long startNs;
    private final Histogram goodUs = new Histogram(LATENCY_US_MAX, 3);
    private final Histogram lateUs = new Histogram(LATENCY_US_MAX, 2);
    private final Map<String, Long> failures = new TreeMap<>();
    private final TimeLine timeLine;
    private long begun;
    private long goodWrites;
    private long connectionsRefused;
    private long late;
    private long endNs;

    // As they were at the last look.
    private long begunThen;
    private long goodThen;
    private long failedThen;
    private long longestSinceUs;

    GroupTally(String group, long startNs) {
        this.group = group;
        this.startNs = startNs;
        this.timeLine = new TimeLine(startNs);
    }

    void begun(long dueNs, long nowNs) {
        begun++;
        timeLine.due(dueNs);
        lateUs.recordValue(Math.min(Math.max(0, nowNs - dueNs) / 1_000, LATENCY_US_MAX));
    }

    void good(RequestKind kind, long dueNs, long nowNs) {
        long latencyUs = Math.min(Math.max(0, nowNs - dueNs) / 1_000, LATENCY_US_MAX);
        goodUs.recordValue(latencyUs);
        longestSinceUs = Math.max(longestSinceUs, latencyUs);
        goodWrites += kind == RequestKind.WRITE ? 1 : 0;
        timeLine.good(dueNs);
    }

    void failed(long dueNs, String label) {
        failures.merge(label, 1L, Long::sum);
        timeLine.failed(dueNs, label);
    }

    /** An answer came to a client that had given up, on a connection that it had left open. */
    void late() {
        late++;
    }

    void connectionRefused() {
        connectionsRefused++;
    }

    void stop(long nowNs) {
        endNs = nowNs;
    }

    /** From the last call until now. */
    LoadInterval interval() {
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        LoadInterval interval = new LoadInterval(
                begun - begunThen,
                good() - goodThen,
                failed - failedThen,
                begun - good() - failed,
                longestSinceUs / 1e3);
        begunThen = begun;
        goodThen = good();
        failedThen = failed;
        longestSinceUs = 0;
        return interval;
    }

    long startNs() {
        return startNs;
    }

    public String group() {
        return group;
    }

    public double seconds() {
        return (endNs - startNs) / 1e9;
    }

    /** How many requests were due. */
    public long begun() {
        return begun;
    }

    /** Requests that were answered in time, and not refused. */
    public long good() {
        return goodUs.getTotalCount();
    }

    public double goodPerSecond() {
        return good() / seconds();
    }

    public long goodWrites() {
        return goodWrites;
    }

    /** Latency of the good ones, from the time at which each was due. */
    public double latencyMs(double percentile) {
        return goodUs.getValueAtPercentile(percentile) / 1e3;
    }

    public double longestMs() {
        return goodUs.getMaxValue() / 1e3;
    }

    /** How late the generator itself was, which is part of the latency. */
    public double lateMs(double percentile) {
        return lateUs.getValueAtPercentile(percentile) / 1e3;
    }

    /** How often each other end happened. */
    public Map<String, Long> failures() {
        return failures;
    }

    /** Attempts to connect that failed. They are no requests. */
    public long connectionsRefused() {
        return connectionsRefused;
    }

    /** Answers that came after their client had given up, as far as any client noticed. */
    public long lateAnswers() {
        return late;
    }

    public TimeLine timeLine() {
        return timeLine;
    }
}
