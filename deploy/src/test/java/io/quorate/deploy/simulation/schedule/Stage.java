package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.WalkLimits;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.deploy.simulation.judge.History;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.Network;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import io.quorate.deploy.simulation.world.SimulatedNode;
import io.quorate.deploy.simulation.world.SimulatedTime;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Three nodes to which nothing happens but what a schedule says: for what random ones meet too seldom. */
final class Stage implements Cluster {
    private static final long DELAY_MS_MAX = 20;
    private static final long PATIENCE_MS = 1_000;
    private static final long FORGETS_AFTER_MS = 50;

    /** A node that was silent for long is dialled again first. */
    private static final long HEARD_AGAIN_MS = 400;

    private final SimulatedTime time = new SimulatedTime();
    private final Judges judges = new Judges(3);
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final History history = new History();
    private final Network network;
    private final Optional<PassOptions> passes;

    Stage(long seed, StoreOptions options) {
        this(seed, options, 0);
    }

    /** Passes forget deletes. */
    static Stage thatForgets(long seed, StoreOptions options) {
        WalkLimits few = new WalkLimits(4, 1 << 20);
        PassOptions frequent = new PassOptions(few, 20, 50, 400, 1 << 10, 0);
        return new Stage(seed, options, 0, message -> false, Optional.of(frequent));
    }

    /** @param coordinators how many machines without a replica the network has room for */
    Stage(long seed, StoreOptions options, int coordinators) {
        this(seed, options, coordinators, message -> false);
    }

    /** @param lost is lost from the first message on */
    Stage(long seed, StoreOptions options, int coordinators, Predicate<Message> lost) {
        this(seed, options, coordinators, lost, Optional.empty());
    }

    private Stage(
            long seed, StoreOptions options, int coordinators, Predicate<Message> lost, Optional<PassOptions> passes) {
        this.passes = passes;
        Random random = new Random(seed);
        network = new Network(time, random, 3 + coordinators);
        for (int i = 0; i < 3; i++) {
            try {
                nodes.add(
                        new SimulatedNode(i, new NodeId("n" + (i + 1)), this, new Random(random.nextLong()), options));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        calm();
        network.lose(lost);
        nodes.forEach(SimulatedNode::start);
        time.afterEachStep(this::judge);
        time.pass(6 * DELAY_MS_MAX); // until the nodes are connected and have heard each other
    }

    private void judge() {
        nodes.forEach(SimulatedNode::look);
        judges.violations().requireNone();
    }

    /** No message is lost any more, and soon all nodes hear each other again. */
    void heal() {
        calm();
        time.pass(HEARD_AGAIN_MS);
    }

    /** A message takes much longer than an answer of the replica in the same node. */
    private void calm() {
        network.lose(message -> false);
        network.heal();
        nodes.forEach(node -> nodes.forEach(other -> network.slow(node.index(), other.index(), DELAY_MS_MAX)));
    }

    /** Waits until this holds. */
    void await(BooleanSupplier condition, String what) {
        for (int ms = 0; !condition.getAsBoolean(); ms++) {
            if (ms == PATIENCE_MS) {
                throw new IllegalStateException("in vain: " + what);
            }
            time.pass(1);
        }
    }

    /** Waits until all nodes are founded. */
    void awaitFounded() {
        await(() -> nodes.stream().allMatch(SimulatedNode::isFounded), "all nodes are founded");
    }

    /** Waits until a node that was started has heard enough others. */
    void awaitQuorum(SimulatedNode node) {
        for (int ms = 0; !node.coordinator().hasQuorum(); ms++) {
            if (ms == PATIENCE_MS) {
                throw new IllegalStateException(node.id() + " hears no majority");
            }
            time.pass(1);
        }
    }

    /** Asks the coordinator of a node for something, and waits for the answer. */
    Outcome ask(SimulatedMachine node, BiConsumer<Coordinator, Consumer<Outcome>> request) {
        List<Outcome> outcomes = new ArrayList<>();
        request.accept(node.coordinator(), outcomes::add);
        for (int ms = 0; outcomes.isEmpty() && ms < PATIENCE_MS; ms++) {
            time.pass(1);
        }
        if (outcomes.isEmpty()) {
            throw new IllegalStateException(node.id() + " does not answer");
        }
        return outcomes.get(0);
    }

    /** A coordinator may take a slow replica for lost, and then refuse. So it is asked again. */
    static Outcome untilNotRefused(Supplier<Outcome> ask) {
        Outcome outcome = ask.get();
        for (int again = 0; again < 5 && outcome instanceof Refused; again++) {
            outcome = ask.get();
        }
        return outcome;
    }

    /** Hands a request to one replica, and waits for its reply. */
    Reply handle(SimulatedNode replica, Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        for (int ms = 0; replies.isEmpty() && ms < PATIENCE_MS; ms++) {
            time.pass(1);
        }
        if (replies.isEmpty()) {
            throw new IllegalStateException(replica.id() + " does not answer " + request);
        }
        return replies.get(0);
    }

    /** No message gets from this node to another one any more, nor back. */
    void cutOff(SimulatedMachine node) {
        for (SimulatedNode other : nodes) {
            if (other != node) {
                network.cut(node.index(), other.index());
                network.cut(other.index(), node.index());
            }
        }
    }

    /** A schedule that does not get where it is meant to get shows nothing. */
    static <T extends Outcome> T require(Class<T> type, Outcome outcome) {
        if (!type.isInstance(outcome)) {
            throw new IllegalStateException("the schedule needs " + type.getSimpleName() + " and not " + outcome);
        }
        return type.cast(outcome);
    }

    @Override
    public SimulatedTime time() {
        return time;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<SimulatedNode> nodes() {
        return nodes;
    }

    @Override
    public Optional<PassOptions> passes() {
        return passes;
    }

    @Override
    public OptionalLong forgetsAfterMs() {
        return passes.isPresent() ? OptionalLong.of(FORGETS_AFTER_MS) : OptionalLong.empty();
    }

    @Override
    public Judges judges() {
        return judges;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public void count(String what) {}
}
