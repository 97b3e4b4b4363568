package io.quorate.deploy.simulation.world;

/**
 * All parameters of one run. The same scenario gives the same run, to the byte.
 *
 * @param clients the limit of clients. {@code operations} is the limit for each of them, and {@code faults} the limit
 *     of faults. A smaller run of the same seed shows a violation more clearly
 * @param alwaysForgets whether passes forget deletes whatever the seed is
 */
public record Scenario(long seed, int nodes, int clients, int operations, int faults, boolean alwaysForgets) {
    public static final int NO_BOUND = Integer.MAX_VALUE;

    private static final long PASSES_PERIOD = 6;

    /** Shares no factor with the other periods. So each kind of scenario meets forgetting. */
    private static final int FORGETTING_PERIOD = 17;

    /** How many nodes the clusters of successive seeds have. The length shares no factor with the other periods. */
    private static final int[] NODES = {3, 5, 3, 4, 3, 2, 3, 6, 1, 3, 7};

    public static Scenario of(long seed) {
        return of(seed, NODES[(int) Math.floorMod(seed, (long) NODES.length)]);
    }

    public static Scenario of(long seed, int nodes) {
        return new Scenario(seed, nodes, NO_BOUND, NO_BOUND, NO_BOUND, false);
    }

    /** Every fourth seed is a crowd at one key on a bad network. No process and no disk fails there. */
    public boolean isContended() {
        return Math.floorMod(seed, 4) == 1;
    }

    /**
     * Every seventh seed has tens of keys, so that scans take several pages. No process and no disk fails there, so
     * that replicas differ in many keys.
     */
    public boolean hasManyKeys() {
        return Math.floorMod(seed, 7) == 3;
    }

    /** In every ninth seed the limits against overload are so low that clients meet them. */
    public boolean isOverloaded() {
        return Math.floorMod(seed, 9) == 4;
    }

    /** In every thirteenth seed disks are so slow that requests expire while they wait. */
    public boolean hasSlowDisks() {
        return Math.floorMod(seed, 13) == 6;
    }

    /** In every fifth seed, requests are repeated after their retention, and merges drop their traces. */
    public boolean isForgetful() {
        return Math.floorMod(seed, 5) == 2;
    }

    /**
     * In every sixth seed, and where deletes are forgotten, nodes compare all keys in passes, and agree at last with
     * nobody reading. In the others nothing hides what reads leave undone.
     */
    public boolean hasPasses() {
        return forgetsDeletes() || Math.floorMod(seed, PASSES_PERIOD) == PASSES_PERIOD - 1;
    }

    /** In every third seed, more clients change two more keys by functions of their values. */
    public boolean hasFunctions() {
        return Math.floorMod(seed, 3) == 1;
    }

    /** In every fourth seed, passes forget deletes too. Clients go on for longer, and delete more often. */
    public boolean forgetsDeletes() {
        return alwaysForgets
                || Math.floorMod(seed, 2 * PASSES_PERIOD) == 2 * PASSES_PERIOD - 1
                || Math.floorMod(seed, FORGETTING_PERIOD) < 3;
    }

    /** In every third seed whose passes forget deletes, all nodes drive passes at the same time. */
    public boolean hasManyDrivers() {
        return forgetsDeletes() && Math.floorMod(Math.floorDiv(seed, 2 * PASSES_PERIOD), 3) == 0;
    }

    /** The scenarios whose passes forget deletes, one after the other. */
    public static Scenario thatForgetsDeletes(long number) {
        return of(2 * PASSES_PERIOD * number - 1);
    }

    /** The scenarios that have passes, one after the other. */
    public static Scenario withPasses(long number) {
        return of(PASSES_PERIOD * number - 1);
    }

    /** The same seed, and passes forget deletes. So each kind of scenario meets forgetting. */
    public Scenario thatAlwaysForgets() {
        return new Scenario(seed, nodes, clients, operations, faults, true);
    }

    public Scenario withClients(int atMost) {
        return new Scenario(seed, nodes, atMost, operations, faults, alwaysForgets);
    }

    public Scenario withOperations(int atMost) {
        return new Scenario(seed, nodes, clients, atMost, faults, alwaysForgets);
    }

    public Scenario withFaults(int atMost) {
        return new Scenario(seed, nodes, clients, operations, atMost, alwaysForgets);
    }

    /** The line that reproduces it, on the same commit. */
    @Override
    public String toString() {
        return "scripts/simulate --seed " + seed + " --nodes " + nodes + bound("clients", clients)
                + bound("operations", operations) + bound("faults", faults) + (alwaysForgets ? " --forgetting" : "");
    }

    private static String bound(String name, int atMost) {
        return atMost == NO_BOUND ? "" : " --" + name + " " + atMost;
    }
}
