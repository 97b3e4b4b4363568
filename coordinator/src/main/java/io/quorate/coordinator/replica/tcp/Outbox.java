package io.quorate.coordinator.replica.tcp;

/**
 * Bounds the bytes that wait to be sent to one replica. A write reserves its bytes before it has any effect. So a
 * replica that reads too slowly refuses the write, and never its second message.
 *
 * <p>An outbox that is at most half full takes a message of any length. Otherwise the longest values could only be sent
 * while nothing else is. Used on one event loop only.
 */
final class Outbox {
    static final long BYTES_MAX = 16 << 20;

    private long reserved;

    /**
     * Reserves space for a message that follows.
     *
     * @param queuedBytes what waits in the connection now
     */
    boolean reserve(long bytes, long queuedBytes) {
        boolean fits = fits(bytes, queuedBytes);
        reserved += fits ? bytes : 0;
        return fits;
    }

    /** Whether a message fits beside the reserved ones. */
    boolean fits(long bytes, long queuedBytes) {
        long waiting = reserved + queuedBytes;
        return waiting <= BYTES_MAX / 2 || waiting + bytes <= BYTES_MAX;
    }

    /**
     * Whether a message without content can be sent. Each reservation that was made leaves it room: a write that has
     * space is not stopped by its first message.
     */
    boolean fitsSmall(long queuedBytes) {
        return queuedBytes <= BYTES_MAX;
    }

    void giveBack(long bytes) {
        reserved -= bytes;
        assert reserved >= 0 : reserved;
    }
}
