package io.quorate.deploy.simulation.world;

import io.quorate.coordinator.quorum.QuorumSizes;
import java.util.List;
import java.util.Random;

/** Injects faults at any moment and several at once, and ends some of them again, until it is stopped. */
public final class Faults {
    private static final int KINDS_OF_NETWORK = 9;
    private static final int KINDS_OF_MACHINE = 5;
    private static final int KINDS_OF_DISK = 4;
    private static final int KINDS = KINDS_OF_NETWORK + KINDS_OF_MACHINE + KINDS_OF_DISK;

    /** By how much clocks are off at most, if requests are forgotten within the run. */
    static final int OFFSET_MS_MAX = 50;

    private final Cluster cluster;
    private final Random random;
    private final boolean forgetful;
    private final int pauseMsMax;
    private final int kinds;
    private int left;
    private final boolean sparesClocks;
    private boolean damaged;
    private boolean clocksAreOff;
    private boolean stopped;

    public Faults(Cluster cluster, Random random, Scenario scenario) {
        this.cluster = cluster;
        this.random = random;
        this.forgetful = scenario.isForgetful();
        this.left = scenario.faults();
        this.sparesClocks = scenario.forgetsDeletes() && random.nextInt(4) > 0;
        this.kinds = scenario.isContended() || scenario.hasManyKeys() ? KINDS_OF_NETWORK : KINDS;
        int usualMsMax = scenario.isContended() ? 300 : 5 + random.nextInt(120);
        this.pauseMsMax = scenario.forgetsDeletes() ? 10 * usualMsMax : usualMsMax;
    }

    public void start() {
        cluster.time().afterMs(1 + random.nextInt(pauseMsMax), this::strike);
    }

    private void strike() {
        if (!stopped && left > 0) {
            left--;
            int kind = random.nextInt(kinds);
            if (kind < KINDS_OF_NETWORK) {
                disturb(kind, anyOf(cluster.machines()), anyOf(cluster.machines()));
            } else if (kind < KINDS_OF_NETWORK + KINDS_OF_MACHINE) {
                stop(kind, anyOf(cluster.machines()));
            } else {
                damage(kind, anyOf(cluster.nodes()));
            }
            start();
        }
    }

    private <T> T anyOf(List<? extends T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** What happens between machines, and to those that go on. */
    private void disturb(int kind, SimulatedMachine machine, SimulatedMachine other) {
        Network network = cluster.network();
        switch (kind) {
            case 0 -> count("one-way cut", () -> network.cut(machine.index(), other.index()));
            case 1 -> count("cut off", () -> isolate(machine));
            case 2 ->
                count(
                        "slow",
                        () -> network.slow(machine.index(), other.index(), 1 + random.nextInt(forgetful ? 40 : 200)));
            case 3 -> count("pause", () -> pause(machine));
            case 4 -> count("clock set", () -> set(machine.clock()));
            case 5 -> count("clock at another speed", () -> drift(machine.clock()));
            case 6 -> count("connections reset", machine::resetConnections);
            case 7 -> count("receives nothing", () -> deafen(machine));
            default -> count("heal", network::heal);
        }
    }

    private void stop(int kind, SimulatedMachine machine) {
        switch (kind) {
            case 9 -> kill(machine);
            case 10, 11 -> end("power loss", machine, machine::losePower);
            case 12 ->
                count("power loss of all", () -> cluster.machines().forEach(each -> end("", each, each::losePower)));
            default -> count("heal", cluster.network()::heal);
        }
    }

    /** Some are away for much longer than a request takes. The end of all faults brings them back at the latest. */
    private void kill(SimulatedMachine machine) {
        if (machine.isUp() && !forgetful && random.nextInt(3) == 0) {
            count("away for long", machine::kill);
            machine.startLater();
        } else {
            end("kill", machine, machine::kill);
        }
    }

    /** What happens to disks. */
    private void damage(int kind, SimulatedNode node) {
        switch (kind) {
            case 14 -> count("power loss while writing", node.disk()::losePowerWhileWriting);
            case 15 -> count("failed force", node.disk()::failForce);
            case 16 -> count("disk full", () -> fill(node));
            default -> empty(node);
        }
    }

    private void fill(SimulatedNode node) {
        node.disk().limitRoom(random.nextInt(2_000));
        cluster.time().afterMs(random.nextInt(400), node.disk()::giveRoom);
    }

    /**
     * One node at most: the others must be a majority without it. It gets its vote back never, as in production today.
     */
    private void empty(SimulatedNode node) {
        if (damaged || !mayLoseOne() || !node.isUp()) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                damaged = true;
                node.damage();
                end("damaged and emptied", node, node::kill);
            }
            case 1, 2 -> replaceDisk(node);
            default -> {}
        }
    }

    /**
     * The node starts on an empty disk under its name, and gets its own back later. Only a founded cluster promises
     * that nothing is lost by that, and only if each process without a disk heard of the founding or knows the node.
     */
    private void replaceDisk(SimulatedNode node) {
        boolean founded = cluster.nodes().stream().anyMatch(SimulatedNode::isFounded);
        boolean isKnown = cluster.machines().stream().allMatch(machine -> machine.refusesAnotherDiskOf(node.id()));
        if (!founded || !isKnown || cluster.nodes().stream().anyMatch(SimulatedNode::isImpostor)) {
            return;
        }
        cluster.count("disk replaced");
        node.loseDisk();
        node.startSoon();
        cluster.time().afterMs(200 + random.nextInt(3_000), () -> findDisk(node));
    }

    private static void findDisk(SimulatedNode node) {
        if (node.isImpostor()) {
            node.findDisk();
            node.startSoon();
        }
    }

    private boolean mayLoseOne() {
        int nodes = cluster.nodes().size();
        return new QuorumSizes(nodes).canLose(nodes) > 0;
    }

    private void count(String what, Runnable fault) {
        cluster.count(what);
        fault.run();
    }

    private void end(String what, SimulatedMachine machine, Runnable fault) {
        if (machine.isUp()) {
            cluster.count(what);
            fault.run();
            machine.startSoon();
        }
    }

    private void isolate(SimulatedMachine machine) {
        deafen(machine);
        for (SimulatedMachine other : cluster.machines()) {
            if (other != machine) {
                cluster.network().cut(machine.index(), other.index());
            }
        }
    }

    /** What it sends still arrives. */
    private void deafen(SimulatedMachine machine) {
        for (SimulatedMachine other : cluster.machines()) {
            if (other != machine) {
                cluster.network().cut(other.index(), machine.index());
            }
        }
    }

    private void pause(SimulatedMachine machine) {
        SimulatedProcess process = machine.process();
        process.pause();
        cluster.time().afterMs(random.nextInt(forgetful ? 100 : 400), process::resume);
    }

    /** Whether some clock may be off by more than a little. */
    public boolean clocksAreOff() {
        return clocksAreOff;
    }

    private void set(MachineClock clock) {
        if (forgetful || sparesClocks) {
            clock.set(random.nextInt(2 * OFFSET_MS_MAX) - OFFSET_MS_MAX);
        } else {
            clocksAreOff = true;
            clock.jump(random.nextInt(7_200_000) - 3_600_000);
        }
    }

    private void drift(MachineClock clock) {
        if (!forgetful && !sparesClocks) {
            clocksAreOff = true;
            clock.drift(random.nextInt(5) / 2.0);
        }
    }

    /** Nothing goes wrong any more, and all that was wrong is put right, but for the clocks. */
    public void end() {
        if (stopped) {
            return;
        }
        stopped = true;
        cluster.network().heal();
        cluster.nodes().forEach(SimulatedNode::findDisk);
        cluster.nodes().forEach(node -> node.disk().calm());
        for (SimulatedMachine machine : cluster.machines()) {
            machine.process().resume();
            machine.start();
        }
    }
}
