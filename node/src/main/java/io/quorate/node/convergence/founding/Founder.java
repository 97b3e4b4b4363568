package io.quorate.node.convergence.founding;

import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.common.wire.Message.No;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.identity.DiskMemory;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets this node founded: asks all members, this one too, to agree on the disks that this node met (I15). It asks only
 * while it reaches all of them. Once this node has agreed itself, it asks those that it reaches, since one that is
 * founded knows that all agreed. Each node has a founder, and any number may ask at once: a member agrees on one list
 * only. So nothing is lost when one dies. For one event loop.
 */
public final class Founder {
    private static final Logger LOG = LoggerFactory.getLogger(Founder.class);

    private final Peers peers;
    private final DiskMemory memory;
    private final Founding founding;
    private final Scheduler scheduler;
    private final Executor writer;
    private final FoundingOptions options;

    // The event loop owns these.
    private Optional<Asking> asking = Optional.empty();
    private final Map<NodeId, String> objections = new HashMap<>();
    private boolean stopped;

    /**
     * @param scheduler of the event loop
     * @param writer for what blocks on the disk
     */
    public Founder(
            Peers peers,
            DiskMemory memory,
            Founding founding,
            Scheduler scheduler,
            Executor writer,
            FoundingOptions options) {
        this.peers = peers;
        this.memory = memory;
        this.founding = founding;
        this.scheduler = scheduler;
        this.writer = writer;
        this.options = options;
    }

    public void start() {
        scheduler.after(options.tickMs(), this::tick);
    }

    /** Begins nothing any more. */
    public void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped || founding.isFounded()) {
            founding.waitsFor(Map.of());
            return;
        }
        start();
        Map<NodeId, String> obstacles = obstacles();
        founding.waitsFor(obstacles);
        Optional<MemberDisks> disks = memory.ofAll();
        boolean mayAsk = memory.agreed().isPresent() || unreached().isEmpty();
        if (asking.isEmpty() && mayAsk && disks.isPresent()) {
            asking = Optional.of(new Asking(disks.get()));
            asking.get().begin();
        }
    }

    /** What keeps this node from being founded, by the members that are the reason. */
    private Map<NodeId, String> obstacles() {
        Map<NodeId, String> obstacles = new LinkedHashMap<>(objections);
        memory.unmet().forEach(member -> obstacles.put(member, "was never reached"));
        obstacles.putAll(unreached());
        return obstacles;
    }

    private Map<NodeId, String> unreached() {
        Map<NodeId, String> unreached = new LinkedHashMap<>();
        for (PassPeer peer : peers.all()) {
            if (!peer.isReachable()) {
                unreached.put(peer.id(), "is not reachable");
            } else if (peer.votingStatus() != VotingStatus.VOTING) {
                unreached.put(peer.id(), "has no vote");
            }
        }
        return unreached;
    }

    /** One question to all members that this node reaches. */
    private final class Asking {
        private final MemberDisks disks;
        private int agreed;
        private int open;

        Asking(MemberDisks disks) {
            this.disks = disks;
        }

        void begin() {
            List<PassPeer> asked =
                    peers.all().stream().filter(PassPeer::isReachable).toList();
            open = asked.size();
            scheduler.after(options.answerTimeoutMs(), this::end);
            asked.forEach(peer -> peer.ask(new AgreeOnMembers(disks), reply -> answered(peer, reply)));
        }

        private boolean isCurrent() {
            return asking.filter(current -> current == this).isPresent();
        }

        private void answered(PassPeer peer, Optional<Reply> reply) {
            if (!isCurrent()) {
                return;
            }
            open--;
            objections.remove(peer.id());
            reply.ifPresent(each -> count(peer, each));
            if (isCurrent() && open == 0) {
                end();
            }
        }

        private void count(PassPeer peer, Reply reply) {
            if (reply instanceof MembersAgreed yes) {
                agreed++;
                if (agreed == peers.all().size() || yes.founded() && hasAgreed()) {
                    found();
                }
            } else {
                objected(peer, reply);
            }
        }

        private void objected(PassPeer peer, Reply reply) {
            if (reply instanceof No no) {
                objections.put(peer.id(), "does not agree: " + no.explanation());
            }
        }

        /** Whether this node itself has. */
        private boolean hasAgreed() {
            return memory.agreed().filter(disks::equals).isPresent();
        }

        private void found() {
            end();
            try {
                writer.execute(this::record);
            } catch (RejectedExecutionException e) {
                LOG.debug("too much waits for the disk to record the founding. The next tick tries again", e);
            }
        }

        private void record() {
            try {
                memory.found(disks);
                LOG.info("the cluster is founded: its members and their disks are {}", disks);
            } catch (IOException e) {
                LOG.warn("cannot record that the cluster is founded. The next tick tries again", e);
            }
        }

        private void end() {
            if (isCurrent()) {
                asking = Optional.empty();
            }
        }
    }
}
