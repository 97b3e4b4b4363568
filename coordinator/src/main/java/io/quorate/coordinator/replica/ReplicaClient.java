package io.quorate.coordinator.replica;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;

/**
 * One replica as a coordinator sees it: the seam to the network. Used on one event loop only; callbacks come on that
 * loop, never from inside {@link #ask} itself.
 */
public interface ReplicaClient {
    NodeId id();

    Reachability reachability();

    /** Whether its answers count, as it last said; one that was never heard of is taken at its word when it answers. */
    VotingStatus votingStatus();

    /** Whether asking costs no network hop. */
    boolean isLocal();

    /** How long this replica's answers usually take at most (95 of 100), in milliseconds: when to ask another one. */
    long usualDelayMs();

    /** What this process noticed of the replica while talking to it. */
    Vitals vitals();

    /**
     * Sends a request. Exactly one of the handler's methods is called for it, once.
     *
     * @param index how the caller numbers this replica; handed back with the answer
     */
    void ask(Request request, int index, Answers answers);

    /** What is known of a replica before it is asked. */
    enum Reachability {
        UP,
        /** Up again since a short while: it probably missed writes. */
        RETURNED,
        /** Connected, but it owes an answer for longer than usual: ask others first. */
        SLOW,
        /** Connected, but nothing was heard of it for too long: asking it would only cost time. */
        SILENT,
        DOWN;

        public boolean isReachable() {
            return compareTo(SILENT) < 0;
        }
    }

    /**
     * @param incarnation which life of the replica answers; 0 if none has yet
     * @param skewMs how far its wall clock is ahead of ours, in milliseconds
     * @param trouble why it is not reachable, for people; empty if it is
     */
    record Vitals(long incarnation, long skewMs, String trouble) {}

    /** Why there is no reply. */
    enum Failure {
        /** The request never left: it surely has no effect. */
        NOT_SENT,
        /** The connection broke after the request left: it may have had its effect. */
        LOST
    }

    /** Receives what came of one request. */
    interface Answers {
        void replied(int replica, Reply reply);

        void failed(int replica, Failure failure);
    }
}
