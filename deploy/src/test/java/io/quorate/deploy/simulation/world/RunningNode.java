package io.quorate.deploy.simulation.world;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.QueryHandler;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.ScanHandler;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import io.quorate.node.voting.Wipe;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What one process of a node runs: a store, the replica over it, and a coordinator. */
record RunningNode(Store store, VotingRight right, Replica replica, Coordinator coordinator) {
    private static final long STORAGE_NS_MAX = 300_000;

    /** The parts that outlive a process. */
    record Machine(SimulatedNode node, SimulatedDisk disk, MachineClock clock, StoreOptions options, Random random) {
        OverloadLimits limits() {
            return node.cluster().limits();
        }
    }

    /** @param fatal called when the store has stopped for good */
    static RunningNode open(
            Machine machine,
            SimulatedProcess process,
            Consumer<StoreException> fatal,
            BiFunction<SimulatedProcess, HybridClock, Coordinator> coordinators)
            throws IOException {
        DataDirectory directory = DataDirectory.open(machine.disk.files());
        NodeIdentity identity = IdentityFile.claim(directory, SimulatedDisk.CLUSTER, machine.node.id());
        if (VotingRight.of(directory).votingStatus() == VotingStatus.DAMAGED) {
            Wipe.run(directory, identity.incarnation());
        }
        MachineClock clock = machine.clock;
        StoreThreads threads = new StoreThreads(
                worker(machine, process), worker(machine, process), worker(machine, process), process, clock);
        Store store = Store.open(directory, machine.options, threads, fatal);
        HybridClock hybrid = new HybridClock(clock, SimulatedMachine.SKEW_MS_MAX);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, reader(machine, process));
        Replica replica = new Replica(
                hybrid,
                right,
                new InspectHandler(Optional.of(store), hybrid, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(store, right, hybrid, reader(machine, process)),
                        ConsensusHandlers.of(states, hybrid, machine.limits().waitingForKeyMax()),
                        new ScanHandler(states, reader(machine, process)))));
        return new RunningNode(store, right, replica, coordinators.apply(process, hybrid));
    }

    private static Worker worker(Machine machine, SimulatedProcess process) {
        return new Worker(machine.random, process, STORAGE_NS_MAX, Integer.MAX_VALUE);
    }

    private static Worker reader(Machine machine, SimulatedProcess process) {
        return new Worker(
                machine.random, process, STORAGE_NS_MAX, machine.limits().readsMax());
    }
}
