package io.quorate.node.convergence.antientropy;

import io.quorate.common.wire.WalkLimits;

/**
 * @param rangeLimits how much of the driver's own keys one range has
 * @param tickMs how often a node looks whether it should drive
 * @param pauseMs from the end of a pass to the begin of the next one
 * @param answerTimeoutMs after which a member counts as not answering. A paced read takes seconds
 * @param inFlightBytesMax of records that are being repaired
 * @param replayTicksMax so many ticks a pass waits at first while hints are replayed
 */
public record PassOptions(
        WalkLimits rangeLimits,
        long tickMs,
        long pauseMs,
        long answerTimeoutMs,
        int inFlightBytesMax,
        int replayTicksMax) {
    public static final PassOptions DEFAULTS =
            new PassOptions(new WalkLimits(4_096, 4 << 20), 1_000, 60_000, 60_000, 1 << 20, 600);

    /**
     * A member may have so many times more in a range than the driver. With more, it answers with an end of its own.
     */
    static final int SURPLUS_MAX = 4;

    /** After so many ticks a driver that rests asks the members whether a pass is wanted at once. */
    static final int TICKS_PER_POLL = 3;

    /**
     * What an entry counts for besides its key and its value, when the bytes of a pass are counted. Otherwise many
     * small ones would be read too fast.
     */
    public static final int ENTRY_BYTES = 128;

    /** So many keys are settled at the same time. */
    static final int SETTLED_AT_ONCE = 64;

    /** So many while clients wait for their turn on the same event loop. */
    static final int SETTLED_BESIDE_CLIENTS = 4;

    WalkLimits wideLimits() {
        return rangeLimits.times(SURPLUS_MAX);
    }
}
