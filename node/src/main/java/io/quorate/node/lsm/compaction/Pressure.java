package io.quorate.node.lsm.compaction;

/**
 * How far merges are behind.
 *
 * @param debtBytes how much merges have to rewrite, see {@link CompactionStrategy#debtBytes}
 * @param tierTables how many tables level 0 has
 * @param storedBytes how long all tables are
 */
public record Pressure(double debtBytes, double tierTables, long storedBytes) {
    public static final Pressure NONE = new Pressure(0, 0, 0);

    /** Of a large store, so much may be debt before writers are delayed. */
    private static final double DEBT_SHARE_SLOW = 0.25;

    public static Pressure of(Levels levels, CompactionStrategy strategy) {
        return new Pressure(strategy.debtBytes(levels), levels.level(0).size(), levels.bytes());
    }

    /**
     * What is left of it while a merge runs. A merge takes a while, and its inputs stay until it ends. So what it has
     * done already counts. Otherwise writers would be slow until its end, and then too fast.
     *
     * @param share which part of the merge is done
     */
    public Pressure without(CompactionPlan running, double share) {
        return new Pressure(
                Math.max(0, debtBytes - share * running.bytes()),
                Math.max(0, tierTables - share * running.inputsOf(0)),
                storedBytes);
    }

    /** From 0, nothing is due, to 1, from where on writers are delayed. */
    public double urgency(CompactionOptions options) {
        double byDebt = debtBytes / debtSlow(options);
        double byTables = tierTables / options.tier().tablesSlow();
        return Math.min(1, Math.max(byDebt, byTables));
    }

    /** From 0, writers need not wait, to 1, they are slowest. */
    public double onWriters(CompactionOptions options) {
        double byDebt =
                slope(debtBytes, debtSlow(options), Math.max(options.debt().bytesSlowest(), storedBytes));
        double byTables =
                slope(tierTables, options.tier().tablesSlow(), options.tier().tablesSlowest());
        return Math.max(byDebt, byTables);
    }

    private double debtSlow(CompactionOptions options) {
        return Math.max(options.debt().bytesSlow(), storedBytes * DEBT_SHARE_SLOW);
    }

    private static double slope(double value, double zeroAt, double oneAt) {
        return Math.max(0, Math.min(1, (value - zeroAt) / (oneAt - zeroAt)));
    }

    /**
     * How many times the sustainable rate writers may have under a pressure. It falls steadily, and is 1 in the middle,
     * where the pressure settles.
     *
     * @param min the least share, above 0: writers are never stopped by a rate
     */
    public static double shareOfRate(double pressure, double min) {
        double middle = 0.5;
        return pressure <= middle ? middle / pressure : Math.max(min, (1 - pressure) / middle);
    }
}
