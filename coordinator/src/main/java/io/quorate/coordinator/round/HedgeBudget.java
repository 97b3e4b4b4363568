package io.quorate.coordinator.round;

/**
 * Bounds how much work hedging adds, in the manner of Dean and Barroso, "The Tail at Scale" (CACM 2013). Each query
 * earns a tenth of a hedge, and a hedge spends a whole one. A burst may spend the savings. Without a bound, a cluster
 * that is slow because it is busy would be asked for even more.
 */
public final class HedgeBudget {
    private static final int TENTHS_PER_HEDGE = 10;
    private static final int TENTHS_MAX = 2_000;

    private int tenths = TENTHS_MAX;
    private long spent;
    private long denied;

    void earn() {
        if (tenths < TENTHS_MAX) {
            tenths++;
        }
    }

    /** Whether one more hedge may be sent now. If so, this spends it. */
    boolean spend() {
        if (tenths < TENTHS_PER_HEDGE) {
            denied++;
            return false;
        }
        tenths -= TENTHS_PER_HEDGE;
        spent++;
        return true;
    }

    public long spent() {
        return spent;
    }

    public long denied() {
        return denied;
    }
}
