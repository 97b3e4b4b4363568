package io.quorate.deploy.bench.load;

import java.util.SplittableRandom;

/** The times at which requests of an open loop are due. Pure: it reads no clock, and answers do not change it. */
final class Arrivals implements Schedule {
    private static final double NS_A_SECOND = 1e9;

    private final long startNs;
    private final double meanGapNs;
    private final OpenPace.Spacing spacing;
    private final SplittableRandom random;
    private double offsetNs;

    Arrivals(OpenPace pace, long startNs, SplittableRandom random) {
        this.startNs = startNs;
        this.meanGapNs = NS_A_SECOND / pace.perSecond();
        this.spacing = pace.spacing();
        this.random = random;
        next();
    }

    @Override
    public long dueNs() {
        return startNs + (long) offsetNs;
    }

    @Override
    public void next() {
        offsetNs += switch (spacing) {
            case EVEN -> meanGapNs;
            case POISSON -> -Math.log(1 - random.nextDouble()) * meanGapNs;
        };
    }

    @Override
    public void ended(long nowNs, boolean lostItsConnection) {
        // The next request is due all the same.
    }
}
