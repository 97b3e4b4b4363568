package io.quorate.coordinator.replica;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One replica as a coordinator sees it: the seam to the network. Used on one event loop only. Callbacks run on that
 * loop too, and never inside the call of {@link #ask}.
 */
public interface ReplicaClient {
    NodeId id();

    Reachability reachability();

    /** Whether its answers count, as it last reported. {@link VotingStatus#VOTING} until its first report. */
    VotingStatus votingStatus();

    /** Whether the replica is in this process, so that asking it needs no network. */
    boolean isLocal();

    /** After how many milliseconds to ask another replica too: 95 of 100 reads of this one take less. */
    long usualDelayMs();

    /**
     * Takes space for a request with so many bytes, which is sent later. False if too many bytes wait for the replica
     * already. {@link #askReserved} follows, or {@link #giveBack} if the request is not going to be sent.
     */
    default boolean reserve(long bytes) {
        return true;
    }

    default void giveBack(long bytes) {}

    /**
     * Whether it has owed the answer to a read or a heartbeat for so long that a read should ask others first. This may
     * be over at once. {@link Reachability#SLOW} lasts longer.
     */
    default boolean isOverdue() {
        return false;
    }

    /** Whether a read should ask it too, only to measure whether it is still slow. */
    default boolean needsProbe() {
        return false;
    }

    /** What this process learned about the replica from its connection. */
    Vitals vitals();

    /** As {@link #ask(Request, long, int, Answers)}, for a request that matters however late it is answered. */
    default void ask(Request request, int index, Answers answers) {
        ask(request, Frame.ANY_TIME, index, answers);
    }

    /**
     * Sends a request. Exactly one method of {@code answers} is called for it, once. If too many bytes wait for the
     * replica already, the request is not sent, and counts as rejected for overload.
     *
     * @param patienceMs after so long nobody waits for the answer any more. A replica that has not begun with the
     *     request by then drops it. {@link Frame#ANY_TIME} for no such limit
     * @param index how the caller numbers this replica, returned with the answer
     */
    void ask(Request request, long patienceMs, int index, Answers answers);

    /**
     * As {@link #ask}, for a request that space was taken for. This gives the space back. The request is sent however
     * much waits by now: the replica may have promised its part already, or others may have stored the record.
     *
     * @param bytes what was taken
     */
    default void askReserved(long bytes, Request request, long patienceMs, int index, Answers answers) {
        giveBack(bytes);
        ask(request, patienceMs, index, answers);
    }

    /** The state of a replica as known before it is asked. */
    enum Reachability {
        UP,
        /** Up again for a short while. It probably missed writes. */
        RETURNED,
        /** It answers much later than the best other replica, for a while already. Reads ask all others first. */
        SLOW,
        /** Connected, but it has sent nothing for too long. Asking it would only cost time. */
        SILENT,
        DOWN;

        public boolean isReachable() {
            return switch (this) {
                case UP, RETURNED, SLOW -> true;
                case SILENT, DOWN -> false;
            };
        }
    }

    /**
     * @param incarnation which start of the replica answered last, 0 if none has yet
     * @param disk of the replica. Empty if it was not accepted yet
     * @param protocol the number of the wire protocol on the connection. Empty without one, and for the replica in this
     *     process
     * @param clock its wall clock as it last reported it. Empty if it has not yet, and for the replica in this process,
     *     whose clock is ours
     * @param trouble why it is slow or not reachable, for people. Empty if it is up.
     */
    record Vitals(
            long incarnation,
            Optional<DiskId> disk,
            OptionalInt protocol,
            Optional<ClockReading> clock,
            String trouble) {
        public Vitals(long incarnation, Optional<ClockReading> clock, String trouble) {
            this(incarnation, Optional.empty(), OptionalInt.empty(), clock, trouble);
        }
    }

    /** Why there is no reply. */
    enum Failure {
        /** The request was never sent. It has no effect. */
        NOT_SENT,
        /**
         * The request was sent, and then the connection broke or the replica fell silent. It may have had its effect.
         */
        LOST
    }

    /** Receives the reply to one request, or the reason why there is none. */
    interface Answers {
        void replied(int replica, Reply reply);

        void failed(int replica, Failure failure);
    }
}
