package io.quorate.deploy.simulation.world;

import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.coordinator.replica.tcp.Conversation;
import io.quorate.coordinator.replica.tcp.LinkOptions;
import io.quorate.node.server.Handshake;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A replica as the coordinator of another process sees it through the simulated network. What the coordinator concludes
 * is the {@link Conversation} of production. Only the connection under it is simulated: it is dialled until the replica
 * answers, and it breaks with either process.
 */
final class Link implements ReplicaClient {
    private static final long HEARTBEAT_MS = 50;

    private static final int REDIAL_MS_MAX = 20;

    /** The network may lose the handshake, which no connection of production does. */
    private static final long HANDSHAKE_MS_MAX = 250;

    private static final LinkOptions OPTIONS = new LinkOptions(HEARTBEAT_MS, 3 * HEARTBEAT_MS, 20, 200);

    private static final UnseenReports UNSEEN = new UnseenReports();

    private final SimulatedMachine owner;
    private final SimulatedNode target;
    private final SimulatedProcess process;
    private final Network network;
    private final RandomGenerator random;
    private final Conversation conversation;
    private Optional<Connection> connection = Optional.empty();

    /** From this process to one process of the target. It breaks for good. */
    private static final class Connection {
        private final SimulatedProcess peer;
        private boolean welcomed;

        Connection(SimulatedProcess peer) {
            this.peer = peer;
        }
    }

    Link(
            SimulatedMachine owner,
            SimulatedNode target,
            SimulatedProcess process,
            Network network,
            RandomGenerator random,
            ReplicaDelays delays) {
        this.owner = owner;
        this.target = target;
        this.process = process;
        this.network = network;
        this.random = random;
        this.conversation = new Conversation(OPTIONS, owner.clock(), UNSEEN, UNSEEN, delays);
    }

    @Override
    public NodeId id() {
        return target.id();
    }

    /** The names of nodes are in the order of their numbers. */
    int place() {
        return target.index();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Reachability reachability() {
        return conversation.reachability();
    }

    @Override
    public VotingStatus votingStatus() {
        return conversation.votingStatus();
    }

    @Override
    public long usualDelayMs() {
        return conversation.usualDelayMs();
    }

    @Override
    public boolean isOverdue() {
        return conversation.isOverdue();
    }

    @Override
    public boolean needsProbe() {
        return conversation.needsProbe();
    }

    @Override
    public Vitals vitals() {
        return new Vitals(1, conversation.peerClock(), "");
    }

    /** Dials the target and pings it, until the owner's process ends. */
    void open() {
        dial();
        process.after(HEARTBEAT_MS, this::heartbeat);
    }

    private void dial() {
        Connection dialled = new Connection(target.process());
        connection = Optional.of(dialled);
        conversation.connected();
        send(
                dialled,
                owner.hello(target, members()),
                Frame.ANY_TIME,
                hello -> answer(dialled, greet((Hello) hello.message()), back -> greeted(dialled, back)));
        process.after(HANDSHAKE_MS_MAX, () -> {
            if (!dialled.welcomed) {
                broken(dialled);
            }
        });
    }

    private Message greet(Hello hello) {
        Handshake handshake = target.membership().handshake();
        return handshake
                .check(hello, ProtocolRange.SPOKEN)
                .<Message>map(refusal -> refusal)
                .orElseGet(() -> handshake.welcome(ProtocolRange.SPOKEN.newest()));
    }

    /** The disk is judged, and remembered, by what production has for that. */
    private void greeted(Connection dialled, Message back) {
        if (back instanceof Welcome welcome) {
            owner.disks()
                    .met(
                            target.id(),
                            welcome.disk(),
                            welcome.agreed(),
                            refusal -> process.afterNs(1_000, () -> judged(dialled, welcome, refusal)));
        } else {
            broken(dialled);
        }
    }

    private void judged(Connection dialled, Welcome welcome, Optional<String> refusal) {
        if (refusal.isPresent()) {
            broken(dialled);
        } else if (isCurrent(dialled)) {
            owner.disks().accepted(target.id(), welcome.incarnation());
            target.acceptedBy(owner, welcome.disk());
            welcomed(dialled);
        }
    }

    private void welcomed(Connection dialled) {
        if (!dialled.welcomed) {
            dialled.welcomed = true;
            conversation.welcomed();
            ping();
        }
    }

    /** The connection broke. The target is dialled again. */
    private void broken(Connection old) {
        if (isCurrent(old)) {
            connection = Optional.empty();
            conversation.disconnected();
            process.after(1 + random.nextInt(REDIAL_MS_MAX), this::dial);
        }
    }

    private void heartbeat() {
        conversation.heartbeat();
        if (conversation.isHopeless()) {
            connection.ifPresent(this::broken);
        } else if (isUp()) {
            ping();
        }
        process.after(HEARTBEAT_MS, this::heartbeat);
    }

    private void ping() {
        ask(new Ping(), 0, IgnoredAnswers.INSTANCE);
    }

    /** Breaks the connection. What was sent still arrives. */
    void reset() {
        connection.ifPresent(this::broken);
    }

    private boolean isUp() {
        return connection.filter(current -> current.welcomed).isPresent();
    }

    private boolean isCurrent(Connection which) {
        return connection.filter(current -> current == which).isPresent();
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        target.asked(request);
        if (!isUp()) {
            process.afterNs(1_000, () -> answers.failed(index, Failure.NOT_SENT));
            return;
        }
        Connection current = connection.get();
        long correlation = conversation.asked(request, index, answers);
        send(
                current,
                request,
                patienceMs,
                arrived -> target.handle(
                        (Request) arrived.message(),
                        arrived.patienceMs(),
                        reply -> answer(current, reply, back -> conversation.received(correlation, back))));
    }

    /** A process that is gone receives nothing. If its machine runs, the machine resets the connection. */
    private void send(Connection over, Message message, long patienceMs, Consumer<Frame> arrive) {
        network.send(owner.index(), target.index(), message, patienceMs, arrived -> {
            if (!over.peer.isOver()) {
                arrive.accept(arrived);
            } else if (target.isUp() || random.nextBoolean()) {
                network.signal(target.index(), owner.index(), () -> process.run(() -> broken(over)));
            }
        });
    }

    /** A connection that broke on this side receives nothing. */
    private void answer(Connection over, Message message, Consumer<Message> arrive) {
        network.send(
                target.index(),
                owner.index(),
                message,
                arrived -> process.run(() -> {
                    if (isCurrent(over)) {
                        arrive.accept(arrived);
                    }
                }));
    }

    private MemberIds members() {
        return new MemberIds(
                owner.cluster().nodes().stream().map(SimulatedNode::id).toList());
    }
}
