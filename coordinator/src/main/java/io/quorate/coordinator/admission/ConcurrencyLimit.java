package io.quorate.coordinator.admission;

import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OutcomeKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds how many operations in flight the cluster finishes without a queue. More of them would only wait: for the event
 * loops, for the log thread, or for the replicas, wherever the narrowest place is. So the latency alone decides, and
 * the limit needs no knowledge of the machine. Pure: the caller brings the time. Used on one event loop only.
 *
 * <p>An operation is <em>late</em> by the ratio of its latency to the latency that is tolerated: the usual one of its
 * kind, and as much again, but {@value #QUEUE_MS_MIN} ms at least. Each window of {@value #WINDOW_MS} ms judges the
 * mean of its operations.
 *
 * <pre>
 *  phase     window                                  limit                             next phase
 *  --------  --------------------------------------  --------------------------------  ----------
 *  STARTING  not late, and the limit was used        half more                         STARTING
 *  STARTING  late                                    divided by the ratio, at most 2   STEADY
 *  STEADY    not late, and the limit was used        half its square root more         STEADY
 *  STEADY    late                                    divided by the ratio, at most 2   STEADY
 *  any       not late, and the limit was not used    the same                          the same
 *  any       fewer than {@value #SAMPLES_MIN} operations              the window goes on, 1 s at most
 *  any       used, as all windows of {@value #REST_S} s       a quarter for 2 windows           the same
 * </pre>
 *
 * Under a lasting overload every operation waits, so the usual latency would creep up, and the limit with it. The last
 * line shows the latency without a queue again. BBR does the same (Cardwell and others, "BBR: Congestion-Based
 * Congestion Control", 2016).
 *
 * <p>The growth by the square root and the decrease by the ratio are those of Netflix's Gradient limit
 * (concurrency-limits). That one compares with a long mean of all latencies, which follows a lasting overload upwards,
 * and which a change from reads to writes misleads. The tolerance in milliseconds has the role of the target delay of
 * CoDel (Nichols and Jacobson, "Controlling Queue Delay", 2012), but is longer. Each system call and each force of the
 * log serves more when more is in flight. With a fixed limit of 32, a cluster under three times its load did less than
 * half of what it does with this tolerance.
 *
 * <p>A place is for a small operation. One with a large value takes several ({@link Places}).
 *
 * <p>It begins at its least. A process that just started runs interpreted code, and is many times slower than a minute
 * later. The least is what a few clients use. So their operations never wait here, however slow they are.
 */
public final class ConcurrencyLimit {
    static final int MIN = 32;

    static final long WINDOW_MS = 100;
    static final int SAMPLES_MIN = 8;
    static final long QUEUE_MS_MIN = 50;
    static final long REST_S = 20;

    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(WINDOW_MS);
    private static final long WINDOW_NS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long QUEUE_NS_MIN = TimeUnit.MILLISECONDS.toNanos(QUEUE_MS_MIN);
    private static final double RATIO_MAX = 2;
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(REST_S);
    private static final int PROBE_WINDOWS = 2;
    private static final int PROBE_PART = 4;

    private final int max;
    private final Map<OperationKind, UsualLatency> usual = new EnumMap<>(OperationKind.class);
    private boolean starting = true;
    private double limit;

    /** When the last window was that did not use the limit. */
    private long restedNs;

    private int probeWindows;

    // The current window.
    private boolean windowOpen;
    private long windowBeganNs;
    private double ratios;
    private int samples;
    private int takenMost;

    /** @param max the limit never exceeds it */
    public ConcurrencyLimit(int max) {
        this.max = max;
        this.limit = Math.min(MIN, max);
        for (OperationKind each : OperationKind.values()) {
            usual.put(each, new UsualLatency());
        }
    }

    /** In places. */
    public int limit() {
        return probeWindows > 0 ? Math.max(Math.min(MIN, max), (int) limit / PROBE_PART) : (int) limit;
    }

    /** An operation begins. Its places are among the taken ones. */
    public void began(int takenPlaces) {
        takenMost = Math.max(takenMost, takenPlaces);
    }

    /** A request could not begin at once. So the limit counts as used. */
    public void wanted() {
        takenMost = Math.max(takenMost, limit());
    }

    /** An operation ended. Its latency says how busy the cluster is, unless it ended for another reason. */
    public void ended(OperationKind kind, OutcomeKind how, long latencyNs, long nowNs) {
        switch (how) {
            case OK, CONDITION_FAILED -> measured(kind, latencyNs, nowNs);
            case OVERLOADED -> add(RATIO_MAX, nowNs);
            case NO_QUORUM, NO_MEMORY, TOO_LARGE, CONTENTION, DISK_FULL, FENCED, KEY_REUSED, DEFECT, UNKNOWN -> {}
        }
    }

    private void measured(OperationKind kind, long latencyNs, long nowNs) {
        UsualLatency latency = usual.get(kind);
        latency.add(latencyNs, nowNs);
        long usualNs = latency.ns();
        add((double) latencyNs / (usualNs + Math.max(usualNs, QUEUE_NS_MIN)), nowNs);
    }

    private void add(double ratio, long nowNs) {
        if (!windowOpen) {
            windowOpen = true;
            windowBeganNs = nowNs;
            restedNs = restedNs == 0 ? nowNs : restedNs;
        }
        ratios += Math.min(ratio, 2 * RATIO_MAX);
        samples++;
        long windowNs = nowNs - windowBeganNs;
        if (windowNs >= WINDOW_NS && samples >= SAMPLES_MIN || windowNs >= WINDOW_NS_MAX) {
            judge(ratios / samples, nowNs);
            windowOpen = false;
            ratios = 0;
            samples = 0;
            takenMost = 0;
        }
    }

    private void judge(double ratio, long nowNs) {
        boolean used = takenMost >= limit() * 3 / 4;
        if (probeWindows > 0) {
            probeWindows--;
            restedNs = nowNs;
        } else if (used && nowNs - restedNs >= REST_NS) {
            probeWindows = PROBE_WINDOWS;
        } else {
            restedNs = used ? restedNs : nowNs;
            adapt(ratio, used);
        }
    }

    private void adapt(double ratio, boolean used) {
        if (ratio > 1) {
            starting = false;
            limit = Math.max(Math.min(MIN, max), limit / Math.min(ratio, RATIO_MAX));
        } else if (used) {
            limit = Math.min(max, limit + (starting ? limit / 2 : Math.sqrt(limit) / 2));
        }
    }
}
