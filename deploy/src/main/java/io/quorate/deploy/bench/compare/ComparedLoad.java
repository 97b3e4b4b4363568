package io.quorate.deploy.bench.compare;

import io.quorate.deploy.bench.request.KeyChoice;
import java.util.List;

/**
 * A line of the comparison.
 *
 * @param readRatio the share of reads, 0 to 1
 * @param clients each has one connection and one request in flight
 */
record ComparedLoad(String name, double readRatio, int clients, KeyChoice keys) {
    private static final double HALF = 0.5;

    /** The mixes and numbers of clients of the project's targets. */
    static final List<ComparedLoad> ALL = List.of(
            new ComparedLoad("writes, 32 clients", 0, 32, KeyChoice.UNIFORM),
            new ComparedLoad("half reads (zipfian), 32 clients", HALF, 32, KeyChoice.ZIPFIAN),
            new ComparedLoad("reads, 32 clients", 1, 32, KeyChoice.UNIFORM),
            new ComparedLoad("writes, 128 clients", 0, 128, KeyChoice.UNIFORM),
            new ComparedLoad("half reads (zipfian), 128 clients", HALF, 128, KeyChoice.ZIPFIAN),
            new ComparedLoad("reads, 128 clients", 1, 128, KeyChoice.UNIFORM),
            new ComparedLoad("half reads (zipfian), 1 client", HALF, 1, KeyChoice.ZIPFIAN));

    /** Under which a node is killed. Its clients use the other nodes. */
    static final ComparedLoad OF_THE_KILL = ALL.get(1);
}
