package io.quorate.node.replica.consensus;

import io.quorate.common.time.HybridClock;
import io.quorate.node.replica.state.KeyQueues;
import io.quorate.node.replica.state.KeyStates;

/**
 * This replica as an acceptor of Paxos (Lamport, "Paxos Made Simple", section 2.2), one for each key. A handler reads
 * the acceptor's state, changes it durably, and only then replies. For one key, these go one after the other.
 */
public record ConsensusHandlers(
        PrepareHandler prepare, AcceptHandler accept, AcceptRefusalHandler acceptRefusal, RequestStatusHandler status) {
    public static ConsensusHandlers of(KeyStates states, HybridClock clock) {
        return of(states, clock, KeyQueues.WAITING_MAX);
    }

    /** @param waitingMax most requests that may wait for one key */
    public static ConsensusHandlers of(KeyStates states, HybridClock clock, int waitingMax) {
        KeyTransactions transactions = new KeyTransactions(states, waitingMax);
        return new ConsensusHandlers(
                new PrepareHandler(transactions, clock),
                new AcceptHandler(transactions, clock),
                new AcceptRefusalHandler(transactions, clock),
                new RequestStatusHandler(states));
    }
}
