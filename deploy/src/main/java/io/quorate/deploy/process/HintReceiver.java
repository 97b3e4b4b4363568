package io.quorate.deploy.process;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import io.quorate.node.convergence.handoff.HintTarget;
import java.util.Optional;
import java.util.function.Consumer;

/** Another member, as the replay of hints reaches it: through a client of its event loop. */
public record HintReceiver(int place, ReplicaClient client) implements HintTarget {
    @Override
    public boolean takesPart() {
        return client.reachability().isReachable() && client.votingStatus() == VotingStatus.VOTING;
    }

    @Override
    public void ask(Request request, Consumer<Optional<Reply>> answer) {
        client.ask(request, 0, new Answers() {
            @Override
            public void replied(int replica, Reply reply) {
                answer.accept(Optional.of(reply));
            }

            @Override
            public void failed(int replica, Failure failure) {
                answer.accept(Optional.empty());
            }
        });
    }
}
