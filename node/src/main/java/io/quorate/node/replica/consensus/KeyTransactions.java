package io.quorate.node.replica.consensus;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.state.KeyQueues;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import java.util.function.BiConsumer;

/**
 * The transactions that read a key, change it, and reply when the change is durable. Those of one key run one after the
 * other. Safe for use by several threads.
 */
public final class KeyTransactions {
    private final KeyStates states;
    private final int waitingMax;

    public KeyTransactions(KeyStates states) {
        this(states, KeyQueues.WAITING_MAX);
    }

    /** @param waitingMax most requests that may wait for one key */
    KeyTransactions(KeyStates states, int waitingMax) {
        this.waitingMax = waitingMax;
        this.states = states;
    }

    /**
     * Begins a transaction as soon as it is alone with its key.
     *
     * @param request whose trace to read too, or {@link RequestId#NONE} for no request
     * @param body receives the transaction and the replica's state of the key. It ends the transaction
     */
    public void begin(Key key, RequestId request, PendingReply reply, BiConsumer<KeyTransaction, KeyState> body) {
        KeyTransaction transaction = new KeyTransaction(states, waitingMax, key, request, reply);
        transaction.begin(state -> body.accept(transaction, state));
    }

    /**
     * Runs {@code then} when each transaction that began earlier with the key is over. It reads nothing, and it must
     * not wait.
     *
     * @return false if too many wait for the key. Then it will not run
     */
    public boolean awaitTurn(Key key, Runnable then) {
        Runnable turn = () -> {
            try {
                then.run();
            } finally {
                states.queues().leave(key);
            }
        };
        return states.queues().enter(key, turn, waitingMax);
    }
}
