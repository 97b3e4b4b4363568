package io.quorate.deploy.simulation;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the runs of a search did, added up. Safe for use by several threads. */
final class Tally {
    private static final long PROGRESS_NS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final Map<String, Integer> events = new TreeMap<>();
    private long seeds;
    private long operations;
    private double simulatedHours;
    private long toldNs = System.nanoTime();

    /** @param out where it tells how far the search is */
    Tally(PrintWriter out) {
        this.out = out;
    }

    synchronized void add(Simulation run) {
        seeds++;
        run.counts().forEach((event, count) -> events.merge(event, count, Integer::sum));
        operations += run.operations();
        simulatedHours += run.simulatedMs() / 3_600_000.0;
        if (System.nanoTime() - toldNs > PROGRESS_NS) {
            toldNs = System.nanoTime();
            tellProgress();
        }
    }

    private void tellProgress() {
        out.printf("%d seeds, %d operations, %.2f simulated hours%n", seeds, operations, simulatedHours)
                .flush();
    }

    /** Tells all of it. */
    synchronized void tell() {
        tellProgress();
        events.forEach((event, count) -> out.printf("%10d  %s%n", count, event));
        out.flush();
    }
}
