package io.quorate.coordinator.round;

/**
 * Bounds how much work hedging adds, in the manner of Dean and Barroso, "The Tail at Scale" (CACM 2013). Each query
 * earns a tenth of a hedge, and a hedge spends a whole one. A burst may spend the savings. Without a bound, a cluster
 * that is slow because it is busy would be asked for even more.
 *
 * <p>A hedge is free if it goes around a replica that is much later than the others: then the cluster as a whole is not
 * slow.
 */
public final class HedgeBudget {
    private static final int TENTHS_PER_HEDGE = 10;
    private static final int TENTHS_MAX = 2_000;

    private int tenths = TENTHS_MAX;
    private long spent;
    private long free;
    private long denied;

    void earn() {
        if (tenths < TENTHS_MAX) {
            tenths++;
        }
    }

    /** Whether one more hedge may be sent now. If so, this spends it. */
    boolean spend() {
        if (tenths < TENTHS_PER_HEDGE) {
            return false;
        }
        tenths -= TENTHS_PER_HEDGE;
        spent++;
        return true;
    }

    /** A free hedge was sent. */
    void countFree() {
        free++;
    }

    /** A query had to do without a hedge. To be called once a query, however often it tries. */
    void countDenied() {
        denied++;
    }

    /** All hedges that were sent, the free ones too. */
    public long sent() {
        return spent + free;
    }

    public long denied() {
        return denied;
    }
}
