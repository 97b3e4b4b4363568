package io.quorate.deploy.convergence;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.node.convergence.antientropy.Peers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The replicas of an event loop as the members of anti-entropy. */
public final class ReplicaPeers implements Peers {
    private final List<PassPeer> all;

    public ReplicaPeers(List<? extends ReplicaClient> replicas) {
        this.all = replicas.stream()
                .sorted(Comparator.comparing(replica -> replica.id().name()))
                .<PassPeer>map(ReplicaPeer::new)
                .toList();
    }

    @Override
    public List<PassPeer> all() {
        return all;
    }

    private record ReplicaPeer(ReplicaClient replica) implements PassPeer {
        @Override
        public NodeId id() {
            return replica.id();
        }

        @Override
        public boolean isReachable() {
            return replica.reachability().isReachable();
        }

        @Override
        public VotingStatus votingStatus() {
            return replica.votingStatus();
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            replica.ask(request, 0, new ReplicaClient.Answers() {
                @Override
                public void replied(int index, Reply reply) {
                    answer.accept(Optional.of(reply));
                }

                @Override
                public void failed(int index, ReplicaClient.Failure failure) {
                    answer.accept(Optional.empty());
                }
            });
        }
    }
}
