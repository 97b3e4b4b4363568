package io.quorate.coordinator.api.connection;

import java.util.concurrent.TimeUnit;

/**
 * Judges from time to time whether a connection gets on. Its limits are those of common servers (Apache's
 * mod_reqtimeout, nginx). Pure: the caller observes the connection and brings the time.
 *
 * <pre>
 *  state    it is                                        the connection has to
 *  FRESH    open, and has not sent a request's head      send one within {@value #FIRST_HEAD_MS} ms
 *  IDLE     between two requests                         send a head within {@value #IDLE_MS} ms
 *  SENDING  within the body of a request                 send {@value #BODY_BYTES_MIN} bytes
 *                                                        each {@value #BODY_WINDOW_MS} ms
 *  READING  getting an answer that waits for the client  take some of it within {@value #UNREAD_MS} ms
 *  WAITING  getting an answer, and nothing waits for it  nothing
 * </pre>
 */
final class ConnectionProgress {
    static final long FIRST_HEAD_MS = 20_000;
    static final long IDLE_MS = 120_000;
    static final long BODY_WINDOW_MS = 10_000;
    static final long BODY_BYTES_MIN = 4_096;
    static final long UNREAD_MS = 60_000;

    enum State {
        FRESH,
        IDLE,
        SENDING,
        READING,
        WAITING
    }

    /** Why a connection has to end, if it has to. */
    enum Stall {
        NONE,
        NO_HEAD,
        IDLE,
        SLOW_BODY,
        UNREAD
    }

    private State state = State.FRESH;
    private long sinceNs;
    private long bytes;
    private boolean restarts;

    /** @param nowNs monotonic */
    ConnectionProgress(long nowNs) {
        this.sinceNs = nowNs;
    }

    /**
     * A request's head came. The next observation begins anew: it may find the same state as the last one, although the
     * whole request happened in between.
     */
    void requestBegan() {
        restarts = true;
    }

    /**
     * @param observed the state now
     * @param observedBytes of the body that it sends, or of the answer that it reads, since its beginning. 0 otherwise
     * @param nowNs monotonic
     */
    Stall observe(State observed, long observedBytes, long nowNs) {
        if (restarts || observed != state || observedBytes < bytes) {
            restart(observed, observedBytes, nowNs);
            return Stall.NONE;
        }
        long ms = TimeUnit.NANOSECONDS.toMillis(nowNs - sinceNs);
        return switch (state) {
            case FRESH -> ms < FIRST_HEAD_MS ? Stall.NONE : Stall.NO_HEAD;
            case IDLE -> ms < IDLE_MS ? Stall.NONE : Stall.IDLE;
            case SENDING -> sending(observedBytes, ms, nowNs);
            case READING -> reading(observedBytes, ms, nowNs);
            case WAITING -> Stall.NONE;
        };
    }

    private Stall sending(long observedBytes, long ms, long nowNs) {
        if (observedBytes - bytes >= BODY_BYTES_MIN) {
            restart(state, observedBytes, nowNs);
        }
        return ms < BODY_WINDOW_MS || sinceNs == nowNs ? Stall.NONE : Stall.SLOW_BODY;
    }

    private Stall reading(long observedBytes, long ms, long nowNs) {
        if (observedBytes > bytes) {
            restart(state, observedBytes, nowNs);
        }
        return ms < UNREAD_MS || sinceNs == nowNs ? Stall.NONE : Stall.UNREAD;
    }

    private void restart(State next, long observedBytes, long nowNs) {
        state = next;
        bytes = observedBytes;
        sinceNs = nowNs;
        restarts = false;
    }
}
