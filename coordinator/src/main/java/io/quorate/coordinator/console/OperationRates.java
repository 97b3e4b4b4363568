package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How many operations a process ran in the last second, how long they took, and how many requests it refused instead.
 * All event loops count without a lock. One of them ends the interval each second. Any of them may read the rates.
 */
final class OperationRates {
    private static final long LONGEST_US = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 2;
    private static final double US_PER_MS = 1_000;

    private final Clock clock;
    private final Recorder reads = new Recorder(LONGEST_US, DIGITS);
    private final Recorder writes = new Recorder(LONGEST_US, DIGITS);
    private final LongAdder failed = new LongAdder();
    private final LongAdder notShown = new LongAdder();

    /** This field and those below are guarded by this object. */
    private final ShedRates shed;

    private Histogram readsOfInterval;

    private Histogram writesOfInterval;
    private long intervalStartNs;
    private ObjectNode lastRates = Json.object();

    /** @param load counts what was refused before it became an operation */
    OperationRates(Clock clock, ClientLoad load) {
        this.clock = clock;
        this.shed = new ShedRates(load);
        swap();
        lastRates = rates(1);
    }

    void count(OperationKind kind, boolean hasFailed, long elapsedNs) {
        if (hasFailed) {
            failed.increment();
            return;
        }
        long elapsedUs = Math.min(LONGEST_US, Math.max(0, TimeUnit.NANOSECONDS.toMicros(elapsedNs)));
        switch (kind) {
            case READ, SCAN -> reads.recordValue(elapsedUs);
            case WRITE, CONDITIONAL_WRITE -> writes.recordValue(elapsedUs);
            case SURVEY -> {}
        }
    }

    void countNotShown() {
        notShown.increment();
    }

    /** The rates of the last complete interval, about a second long. */
    synchronized ObjectNode last() {
        return lastRates;
    }

    /** The rates since the last call. */
    synchronized ObjectNode endInterval() {
        long elapsedNs = Math.max(1, clock.monotonicNs() - intervalStartNs);
        swap();
        lastRates = rates(elapsedNs / (double) TimeUnit.SECONDS.toNanos(1));
        return lastRates;
    }

    private void swap() {
        readsOfInterval = reads.getIntervalHistogram(readsOfInterval);
        writesOfInterval = writes.getIntervalHistogram(writesOfInterval);
        intervalStartNs = clock.monotonicNs();
    }

    private ObjectNode rates(double elapsedS) {
        ObjectNode rates = Json.object();
        rates.put("readsPerS", perSecond(readsOfInterval.getTotalCount(), elapsedS));
        rates.put("writesPerS", perSecond(writesOfInterval.getTotalCount(), elapsedS));
        rates.put("failedPerS", perSecond(failed.sumThenReset(), elapsedS));
        rates.set("shed", shed.sinceLast(refused -> perSecond(refused, elapsedS)));
        putQuantiles(rates, "read", readsOfInterval);
        putQuantiles(rates, "write", writesOfInterval);
        return rates.put("notShownPerS", perSecond(notShown.sumThenReset(), elapsedS));
    }

    private static double perSecond(long count, double elapsedS) {
        return Math.round(count / elapsedS * 10) / 10.0;
    }

    private static void putQuantiles(ObjectNode rates, String what, Histogram latencies) {
        if (latencies.getTotalCount() == 0) {
            rates.putNull(what + "P50Ms").putNull(what + "P99Ms");
        } else {
            rates.put(what + "P50Ms", latencies.getValueAtPercentile(50) / US_PER_MS);
            rates.put(what + "P99Ms", latencies.getValueAtPercentile(99) / US_PER_MS);
        }
    }
}
