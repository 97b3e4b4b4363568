package io.quorate.node.lsm.compaction;

/**
 * How far merges are behind.
 *
 * @param debtBytes how much merges have to rewrite, see {@link CompactionStrategy#debtBytes}
 * @param tierTables how many tables level 0 has
 */
public record Pressure(long debtBytes, int tierTables) {
    public static final Pressure NONE = new Pressure(0, 0);

    /** From 0, nothing is due, to 1, from where on writers are delayed. */
    public double urgency(CompactionOptions options) {
        double byDebt = (double) debtBytes / options.debt().bytesSlow();
        double byTables = (double) tierTables / options.tier().tablesSlow();
        return Math.min(1, Math.max(byDebt, byTables));
    }

    /** From 0, writers need not wait, to 1, they are stopped. */
    public double onWriters(CompactionOptions options) {
        double byDebt =
                slope(debtBytes, options.debt().bytesSlow(), options.debt().bytesStop());
        double byTables =
                slope(tierTables, options.tier().tablesSlow(), options.tier().tablesStop());
        return Math.max(byDebt, byTables);
    }

    private static double slope(long value, long zeroAt, long oneAt) {
        return Math.max(0, Math.min(1, (double) (value - zeroAt) / (oneAt - zeroAt)));
    }
}
