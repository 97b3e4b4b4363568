package io.quorate.deploy.simulation.world;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ClockReading;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A replica as the coordinator of another process, or of its own, sees it through the simulated network. */
final class Link implements ReplicaClient {
    /** After how long a coordinator takes a message for lost, at most. */
    private static final long GIVE_UP_MS_MAX = 400;

    /** Between two pings. */
    private static final long HEARTBEAT_MS = 50;

    /** For how long a replica that came back is asked in addition. */
    private static final long RETURNED_MS = 200;

    private final SimulatedMachine owner;
    private final SimulatedNode target;
    private final SimulatedProcess process;
    private final Network network;
    private final RandomGenerator random;
    private Optional<Heard> heard = Optional.empty();
    private long guessedNs = -1;
    private Reachability guess = Reachability.DOWN;

    /** The clock that a process of the target last reported. */
    private record Heard(SimulatedProcess reporter, ClockReading clock) {}

    Link(
            SimulatedMachine owner,
            SimulatedNode target,
            SimulatedProcess process,
            Network network,
            RandomGenerator random) {
        this.owner = owner;
        this.target = target;
        this.process = process;
        this.network = network;
        this.random = random;
    }

    @Override
    public NodeId id() {
        return target.id();
    }

    @Override
    public boolean isLocal() {
        return owner == target;
    }

    /** A coordinator sometimes knows at once and sometimes finds out. */
    @Override
    public Reachability reachability() {
        if (isLocal()) {
            return Reachability.UP;
        }
        if (clock().isEmpty()) {
            return Reachability.DOWN;
        }
        boolean gone = !target.isUp() || network.isCut(owner.index(), target.index());
        if (gone) {
            return guess();
        }
        return target.upForMs() < RETURNED_MS ? Reachability.RETURNED : Reachability.UP;
    }

    /** The same at one instant, as in production. */
    private Reachability guess() {
        if (guessedNs != owner.clock().monotonicNs()) {
            guessedNs = owner.clock().monotonicNs();
            guess = random.nextBoolean() ? Reachability.DOWN : Reachability.SLOW;
        }
        return guess;
    }

    @Override
    public VotingStatus votingStatus() {
        return target.votingStatus();
    }

    @Override
    public long usualDelayMs() {
        return 5;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(1, clock(), "");
    }

    /** As old as the last pong. As in production, the report of an earlier process does not count. */
    private Optional<ClockReading> clock() {
        return heard.filter(each -> each.reporter() == target.process()).map(Heard::clock);
    }

    /** Pings the target, now and from now on, until the owner's process ends. */
    void open() {
        if (!isLocal()) {
            ping();
            process.after(HEARTBEAT_MS, this::open);
        }
    }

    private void ping() {
        long sentNs = owner.clock().monotonicNs();
        network.send(owner.index(), target.index(), new Ping(), arrived -> {
            SimulatedProcess reporter = target.process();
            target.handle(
                    (Request) arrived,
                    pong -> network.send(
                            target.index(),
                            owner.index(),
                            pong,
                            back -> process.run(() -> pong(reporter, (Pong) back, sentNs))));
        });
    }

    private void pong(SimulatedProcess reporter, Pong pong, long sentNs) {
        long nowNs = owner.clock().monotonicNs();
        heard = Optional.of(new Heard(reporter, ClockReading.reported(pong.wallMs(), nowNs - sentNs, nowNs)));
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        target.asked(request);
        Exchange exchange = new Exchange(index, answers);
        if (isLocal()) {
            target.handle(request, reply -> process.afterNs(1_000, () -> exchange.replied(reply)));
        } else if (!reachability().isReachable()) {
            process.afterNs(1_000, () -> exchange.failed(Failure.NOT_SENT));
        } else {
            network.send(owner.index(), target.index(), request, arrived -> serve((Request) arrived, exchange));
            process.after(1 + random.nextLong(GIVE_UP_MS_MAX), () -> exchange.failed(Failure.LOST));
        }
    }

    private void serve(Request request, Exchange exchange) {
        target.handle(
                request,
                reply -> network.send(target.index(), owner.index(), reply, arrived -> {
                    if (!process.isOver()) {
                        exchange.replied((Reply) arrived);
                    }
                }));
    }

    /** One question, which gets one answer, however many arrive. */
    private static final class Exchange {
        private final int index;
        private final Answers answers;
        private boolean over;

        Exchange(int index, Answers answers) {
            this.index = index;
            this.answers = answers;
        }

        void replied(Reply reply) {
            if (!over) {
                over = true;
                answers.replied(index, reply);
            }
        }

        void failed(Failure failure) {
            if (!over) {
                over = true;
                answers.failed(index, failure);
            }
        }
    }
}
