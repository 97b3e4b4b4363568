package io.quorate.node.convergence.handoff;

/**
 * The limits of hinted handoff.
 *
 * @param hintsMax most keys that are noted for one member
 * @param bytesPerSecondMax most bytes of registers that are sent to one member in a second
 */
public record HintOptions(int hintsMax, long bytesPerSecondMax) {
    public static final HintOptions DEFAULTS = new HintOptions(1_000_000, 32 << 20);
}
