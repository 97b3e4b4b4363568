package io.quorate.deploy.bench.compare;

import java.util.List;

/**
 * How long a comparison takes.
 *
 * @param rounds in each of which every load has its turn
 * @param warmupSeconds of load before the first turn. A JVM needs about a minute
 */
record ComparisonPlan(int rounds, int warmupSeconds, int seconds, long keys, List<ComparedLoad> loads) {
    /** Of load before anything is measured in a turn. */
    static final int TURN_WARMUP_S = 3;

    /** After a start, the load that is measured then: from the fifth second on, three seconds long. */
    static final int EARLY_FROM_S = 5;

    static final int EARLY_S = 3;

    private static final int STARTS_S = 8;

    /** About how long it takes with so many systems. */
    int minutes(int systems) {
        int turnsS = (loads.size() + 1) * (TURN_WARMUP_S + seconds);
        int startsS = STARTS_S + EARLY_FROM_S + EARLY_S;
        return Math.max(1, systems * (warmupSeconds + rounds * (turnsS + startsS)) / 60);
    }
}
