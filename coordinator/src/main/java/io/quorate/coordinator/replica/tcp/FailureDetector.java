package io.quorate.coordinator.replica.tcp;

import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import java.util.concurrent.TimeUnit;

/**
 * Judges from signs of life, and from its delays, how reachable one replica is. The detector is pure: it has no clock,
 * no timer and no socket. Its owner reports every event with the monotonic time of the event, and asks for a verdict at
 * a time.
 *
 * <pre>
 *  event                 phase              next phase  effect
 *  --------------------  -----------------  ----------  -------------------------------------------------------------
 *  connected()           CLOSED             HANDSHAKE   -
 *  welcomed(now)         HANDSHAKE          OPEN        no heartbeat is missed; the replica has returned, unless it is
 *                                                       welcomed for the first time
 *  heard()               OPEN               OPEN        the next heartbeat is not missed
 *  heartbeat(now)        HANDSHAKE or OPEN  the same    counts a missed heartbeat, or forgets the missed ones if the
 *                                                       replica was heard since the last: see {@link StateChange};
 *                                                       returnedMs starts again while a returned replica is slow
 *  disconnected()        any                CLOSED      no heartbeat is missed
 *
 *  verdict   the first line that holds
 *  --------  ---------------------------------------------------------------
 *  DOWN      the phase is not OPEN
 *  SILENT    the missed heartbeats last silentMs or longer
 *  SLOW      {@link ReplicaDelays} calls the replica slow
 *  RETURNED  the replica returned, or ended a silence, less than returnedMs ago
 *  UP        otherwise
 * </pre>
 *
 * A replica whose every message is late is slow and not silent: after a first silence, its late answers are signs of
 * life. It counts as returned only when it is no longer slow, as a read would wait for a returned one.
 *
 * <p>Silence is counted in missed heartbeats and not in time. A pause of this process delays its own heartbeats too, so
 * a pause is not taken for a silence of all its peers.
 */
final class FailureDetector {
    /** The connection is hopeless after this many times the silence that makes a replica silent. */
    private static final int SILENCES_UNTIL_HOPELESS = 6;

    private final LinkOptions options;
    private final ReplicaDelays delays;
    private ConnectionPhase phase = ConnectionPhase.CLOSED;
    private boolean wasWelcomed;
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

    FailureDetector(LinkOptions options, ReplicaDelays delays) {
        this.options = options;
        this.delays = delays;
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
        if (wasWelcomed) {
            markReturned(nowNs);
        }
        wasWelcomed = true;
    }

    /** There is no connection, or the attempt to open one failed. */
    void disconnected() {
        phase = ConnectionPhase.CLOSED;
        heartbeatsMissed = 0;
    }

    /** The replica sent something. */
    void heard() {
        heardSinceHeartbeat = true;
    }

    /** It is time for the next ping. Does nothing without a connection. */
    StateChange heartbeat(long nowNs) {
        if (phase == ConnectionPhase.CLOSED) {
            return StateChange.NONE;
        }
        if (delays.isSlow() && isReturned(nowNs)) {
            markReturned(nowNs);
        }
        boolean wasSilent = isSilent();
        heartbeatsMissed = heardSinceHeartbeat ? 0 : heartbeatsMissed + 1;
        heardSinceHeartbeat = false;
        if (isSilent() && !wasSilent) {
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
        if (delays.isSlow()) {
            return Reachability.SLOW;
        }
        return isReturned(nowNs) ? Reachability.RETURNED : Reachability.UP;
    }

    private boolean isReturned(long nowNs) {
        return hasReturned && nowNs - returnedUntilNs < 0;
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
