package io.quorate.deploy.bench.compare;

import java.util.List;

/**
 * How long a comparison takes.
 *
 * @param rounds in each of which every load has its turn
 * @param warmupSeconds of load before the first turn. A JVM needs about a minute
 */
record ComparisonPlan(int rounds, int warmupSeconds, int seconds, long keys, List<ComparedLoad> loads) {
    /** Of load before anything is measured in a turn: a cluster has just stood still. */
    static final int TURN_WARMUP_S = 5;

    /** About how long it takes with so many systems, without their starts. */
    int minutes(int systems) {
        int turnsS = rounds * (loads.size() + 1) * (TURN_WARMUP_S + seconds);
        return Math.max(1, systems * (warmupSeconds + turnsS) / 60);
    }
}
