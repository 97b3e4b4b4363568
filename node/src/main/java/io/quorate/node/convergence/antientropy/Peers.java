package io.quorate.node.convergence.antientropy;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The members of the cluster as a pass sees them: the seam to the network. Used on one event loop only. */
public interface Peers {
    /** All members, this node too, in the order of their names. */
    List<PassPeer> all();

    /** One member. */
    interface PassPeer {
        NodeId id();

        boolean isReachable();

        VotingStatus votingStatus();

        /**
         * Sends a request. {@code answer} runs on the event loop, never inside this call: with the reply, or with
         * nothing if the connection broke.
         */
        void ask(Request request, Consumer<Optional<Reply>> answer);
    }
}
