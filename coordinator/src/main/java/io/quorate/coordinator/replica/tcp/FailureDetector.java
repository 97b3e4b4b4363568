package io.quorate.coordinator.replica.tcp;

import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.concurrent.TimeUnit;

/**
 * Judges from signs of life how reachable one replica is. The detector is pure: it has no clock, no timer and no
 * socket. Its owner reports every event with the monotonic time of the event, and asks for a verdict at a time.
 *
 * <pre>
 *  event                 phase              next phase  effect
 *  --------------------  -----------------  ----------  -------------------------------------------------------------
 *  connected()           CLOSED             HANDSHAKE   -
 *  welcomed(now)         HANDSHAKE          OPEN        no heartbeat is missed; the replica has returned, unless it is
 *                                                       welcomed for the first time
 *  asked(now)            OPEN               OPEN        the replica owes an answer; it is quiet since now if it
 *                                                       owed none
 *  heard(now, owesMore)  OPEN               OPEN        it is quiet since now; the next heartbeat is not missed
 *  heartbeat(now)        HANDSHAKE or OPEN  the same    counts a missed heartbeat, or forgets the missed ones if the
 *                                                       replica was heard since the last: see {@link StateChange}
 *  disconnected()        any                CLOSED      the replica owes nothing; no heartbeat is missed
 *
 *  verdict   the first line that holds
 *  --------  ---------------------------------------------------------------
 *  DOWN      the phase is not OPEN
 *  SILENT    the missed heartbeats last silentMs or longer
 *  SLOW      the replica owes an answer, and is quiet for more than 30 ms
 *  RETURNED  the replica returned, or ended a silence, less than returnedMs ago
 *  UP        otherwise
 * </pre>
 *
 * Silence is counted in missed heartbeats and not in time. A pause of this process delays its own heartbeats too, so a
 * pause is not taken for a silence of all its peers.
 */
final class FailureDetector {
    /** A replica that owes an answer, and is quiet for longer than this, is asked after the others. */
    private static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(30);

    /** The connection is hopeless after this many times the silence that makes a replica silent. */
    private static final int SILENCES_UNTIL_HOPELESS = 6;

    private final LinkOptions options;
    private ConnectionPhase phase = ConnectionPhase.CLOSED;
    private boolean wasWelcomed;
    private boolean owesAnswer;
    private long quietSinceNs;
    private boolean heardSinceHeartbeat;
    private int heartbeatsMissed;
    private boolean hasReturned;
    private long returnedUntilNs;

    private enum ConnectionPhase {
        CLOSED,
        HANDSHAKE,
        OPEN
    }

    /** How a heartbeat changed the verdict. */
    enum StateChange {
        NONE,
        /** One heartbeat too many was missed. Its pending answers count as lost. */
        FELL_SILENT,
        /** The replica answered after a silence. It probably missed writes, so it counts as returned. */
        ANSWERS_AGAIN
    }

    FailureDetector(LinkOptions options) {
        this.options = options;
    }

    /** A connection is open. It is of no use before the replica has answered the handshake. */
    void connected() {
        assert phase == ConnectionPhase.CLOSED : phase;
        phase = ConnectionPhase.HANDSHAKE;
    }

    /** The replica answered the handshake. */
    void welcomed(long nowNs) {
        assert phase == ConnectionPhase.HANDSHAKE : phase;
        phase = ConnectionPhase.OPEN;
        heartbeatsMissed = 0;
        quietSinceNs = nowNs;
        if (wasWelcomed) {
            markReturned(nowNs);
        }
        wasWelcomed = true;
    }

    /** There is no connection, or the attempt to open one failed. */
    void disconnected() {
        phase = ConnectionPhase.CLOSED;
        owesAnswer = false;
        heartbeatsMissed = 0;
    }

    /** A request was sent. */
    void asked(long nowNs) {
        if (!owesAnswer) {
            // A replica that was not asked is quiet and not slow: its delay starts now.
            quietSinceNs = nowNs;
        }
        owesAnswer = true;
    }

    /**
     * The replica sent something.
     *
     * @param owesMore whether it still owes an answer to another request
     */
    void heard(long nowNs, boolean owesMore) {
        quietSinceNs = nowNs;
        heardSinceHeartbeat = true;
        owesAnswer = owesMore;
    }

    /** It is time for the next ping. Does nothing without a connection. */
    StateChange heartbeat(long nowNs) {
        if (phase == ConnectionPhase.CLOSED) {
            return StateChange.NONE;
        }
        boolean wasSilent = isSilent();
        heartbeatsMissed = heardSinceHeartbeat ? 0 : heartbeatsMissed + 1;
        heardSinceHeartbeat = false;
        if (isSilent() && !wasSilent) {
            owesAnswer = false;
            return StateChange.FELL_SILENT;
        }
        if (wasSilent && !isSilent() && phase == ConnectionPhase.OPEN) {
            markReturned(nowNs);
            return StateChange.ANSWERS_AGAIN;
        }
        return StateChange.NONE;
    }

    /** Whether the silence lasts so long that only a new connection can help. */
    boolean isHopeless() {
        return silenceMs() >= options.silentMs() * SILENCES_UNTIL_HOPELESS;
    }

    int heartbeatsMissed() {
        return heartbeatsMissed;
    }

    Reachability reachability(long nowNs) {
        if (phase != ConnectionPhase.OPEN) {
            return Reachability.DOWN;
        }
        if (isSilent()) {
            return Reachability.SILENT;
        }
        if (owesAnswer && nowNs - quietSinceNs > SLOW_NS) {
            return Reachability.SLOW;
        }
        return hasReturned && nowNs - returnedUntilNs < 0 ? Reachability.RETURNED : Reachability.UP;
    }

    private boolean isSilent() {
        return silenceMs() >= options.silentMs();
    }

    private long silenceMs() {
        return heartbeatsMissed * options.heartbeatMs();
    }

    private void markReturned(long nowNs) {
        hasReturned = true;
        returnedUntilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(options.returnedMs());
    }
}
