package io.quorate.common.wire;

import java.util.OptionalInt;

/**
 * The numbers of the wire protocol that a process speaks, without a gap. Each side of a connection says its own in the
 * handshake, and all frames behind the handshake are of the highest number that both speak. So a cluster takes a new
 * number node by node: a build speaks its newest number and at least the one before.
 *
 * <pre>
 *                 what it says                                        a process that speaks 7 alone
 * dialling side   Hello: its oldest number, and its newest            7, and a correlation of 0
 *                 as the correlation of the frame
 * other side      Welcome: at the end, the number that it chose       nothing
 * </pre>
 *
 * A process that speaks 7 alone knows of no range. It takes the oldest number of a {@link Message.Hello} for the only
 * one, and repeats the correlation without a look at it. So it welcomes a process that speaks 7 to 9, with a
 * {@link Message.Welcome} that names no number. One handshake serves both, with the same checks of names, disks and
 * certificates. No refusal leads to a second attempt in an older number, so nobody can provoke one.
 */
public record ProtocolRange(int oldest, int newest) {
    /** The numbers of this build. */
    public static final ProtocolRange SPOKEN = new ProtocolRange(7, 9);

    /** A handshake that says no number is of this one. Its form of {@link Message.Hello} holds for all later ones. */
    static final int UNSAID = 7;

    private static final int NUMBER_MAX = 255;

    public ProtocolRange {
        if (oldest < 0 || newest < oldest || newest > NUMBER_MAX) {
            throw new IllegalArgumentException("protocols " + oldest + " to " + newest);
        }
    }

    /**
     * What the sender of a {@link Message.Hello} speaks.
     *
     * @param correlation of its frame. Below the oldest number it says nothing
     */
    static ProtocolRange of(int oldest, long correlation) {
        return new ProtocolRange(oldest, (int) Math.max(oldest, Math.min(correlation, NUMBER_MAX)));
    }

    boolean has(int number) {
        return number >= oldest && number <= newest;
    }

    /** The number for a connection between two processes. Empty if they have none in common. */
    public OptionalInt newestInCommon(ProtocolRange other) {
        int common = Math.min(newest, other.newest);
        return has(common) && other.has(common) ? OptionalInt.of(common) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return oldest == newest ? Integer.toString(oldest) : oldest + " to " + newest;
    }
}
