package io.quorate.deploy.simulation.world;

import java.util.Random;

/** Injects faults at any moment and several at once, and ends some of them again, until it is stopped. */
public final class Faults {
    private static final int KINDS_OF_NETWORK = 7;
    private static final int KINDS = 16;

    private final Cluster cluster;
    private final Random random;
    private final int pauseMsMax;
    private final int kinds;
    private int left;
    private boolean damaged;
    private boolean stopped;

    public Faults(Cluster cluster, Random random, Scenario scenario) {
        this.cluster = cluster;
        this.random = random;
        this.left = scenario.faults();
        this.kinds = scenario.isContended() ? KINDS_OF_NETWORK : KINDS;
        this.pauseMsMax = scenario.isContended() ? 300 : 5 + random.nextInt(120);
    }

    public void start() {
        cluster.time().afterMs(1 + random.nextInt(pauseMsMax), this::strike);
    }

    private void strike() {
        if (!stopped && left > 0) {
            left--;
            strike(anyNode(), anyNode());
            start();
        }
    }

    private SimulatedNode anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    private void strike(SimulatedNode node, SimulatedNode other) {
        Network network = cluster.network();
        switch (random.nextInt(kinds)) {
            case 0 -> count("one-way cut", () -> network.cut(node.index(), other.index()));
            case 1 -> count("cut off", () -> isolate(node));
            case 2 -> count("slow", () -> network.slow(node.index(), other.index(), 1 + random.nextInt(200)));
            case 3 -> count("pause", () -> pause(node));
            case 4 -> count("clock set", () -> node.clock().jump(random.nextInt(7_200_000) - 3_600_000));
            case 5 -> count("clock at another speed", () -> node.clock().drift(random.nextInt(5) / 2.0));
            case 6 -> count("heal", network::heal);
            case 7 -> end("kill", node, node::kill);
            case 8, 9 -> end("power loss", node, node::losePower);
            case 10 -> count("power loss while writing", node.disk()::losePowerWhileWriting);
            case 11 ->
                count("power loss of all", () -> cluster.nodes().forEach(each -> end("", each, each::losePower)));
            case 12 -> count("failed force", node.disk()::failForce);
            case 13 -> count("disk full", () -> fill(node));
            case 14 -> damage(node);
            default -> count("heal", network::heal);
        }
    }

    private void fill(SimulatedNode node) {
        node.disk().limitRoom(random.nextInt(2_000));
        cluster.time().afterMs(random.nextInt(400), node.disk()::giveRoom);
    }

    /**
     * One node at most: the others must be a majority without it. It gets its vote back never, as in production today.
     */
    private void damage(SimulatedNode node) {
        if (!damaged && node.isUp() && random.nextInt(4) == 0) {
            damaged = true;
            node.damage();
            end("damaged and emptied", node, node::kill);
        }
    }

    private void count(String what, Runnable fault) {
        cluster.count(what);
        fault.run();
    }

    private void end(String what, SimulatedNode node, Runnable fault) {
        if (node.isUp()) {
            cluster.count(what);
            fault.run();
            node.startSoon();
        }
    }

    private void isolate(SimulatedNode node) {
        for (SimulatedNode other : cluster.nodes()) {
            if (other != node) {
                cluster.network().cut(node.index(), other.index());
                cluster.network().cut(other.index(), node.index());
            }
        }
    }

    private void pause(SimulatedNode node) {
        SimulatedProcess process = node.process();
        process.pause();
        cluster.time().afterMs(random.nextInt(400), process::resume);
    }

    /** Nothing goes wrong any more, and all that was wrong is put right, but for the clocks. */
    public void end() {
        stopped = true;
        cluster.network().heal();
        for (SimulatedNode node : cluster.nodes()) {
            node.process().resume();
            node.disk().calm();
            node.start();
        }
    }
}
