package io.quorate.deploy.simulation.world;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.deploy.convergence.ReplicaPeers;
import io.quorate.deploy.process.HintReceiver;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.antientropy.handler.ConvergenceHandlers;
import io.quorate.node.convergence.antientropy.handler.PacedReader;
import io.quorate.node.convergence.antientropy.handler.ReadPace;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.founding.AgreeHandler;
import io.quorate.node.convergence.founding.Founder;
import io.quorate.node.convergence.founding.FoundingOptions;
import io.quorate.node.convergence.handoff.HeldRegisters;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.HintReplay;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.convergence.handoff.ReplayParts;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.HandoffHandlers;
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
record RunningNode(
        Store store,
        VotingRight right,
        KeyStates states,
        Replica replica,
        Coordinator coordinator,
        Hints hints,
        PassMemory passes,
        ForgettingFigures forgetting) {
    private static final FoundingOptions FOUNDING = new FoundingOptions(20, 500);
    private static final ReadPace PACE = new ReadPace(86_400_000, 32 << 20);

    /** The parts that outlive a process. */
    record Machine(SimulatedNode node, SimulatedDisk disk, MachineClock clock, StoreOptions options, Random random) {
        OverloadLimits limits() {
            return node.cluster().limits();
        }

        /** Without hints where there are passes alone, so that nothing hides what passes leave undone. */
        HintOptions hints() {
            boolean areInTheWay = node.cluster().passes().isPresent()
                    && node.cluster().forgetsAfterMs().isEmpty();
            return areInTheWay ? new HintOptions(0, 1 << 20) : limits().hints();
        }

        int members() {
            return node.cluster().nodes().size();
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
        Membership membership = Membership.open(machine, directory.disk(), identity, reader(machine, process));
        machine.node.joins(membership);
        StoreThreads threads = new StoreThreads(
                worker(machine, process), worker(machine, process), worker(machine, process), process, clock);
        Store store = Store.open(directory, machine.options, threads, fatal);
        HybridClock hybrid = new HybridClock(clock, SimulatedMachine.SKEW_MS_MAX);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, reader(machine, process));
        Hints hints = new Hints(store, machine.members(), machine.hints(), hybrid);
        PassMemory passes = new PassMemory(store, clock);
        passes.watch(hints);
        hints.onPassNeeded(passes::hurry);
        PassFigures figures = new PassFigures();
        ForgettingFigures forgetting = new ForgettingFigures(clock);
        PacedReader verifier = new PacedReader(store, worker(machine, process), process, clock, PACE);
        Replica replica = new Replica(
                hybrid,
                right,
                new InspectHandler(Optional.of(store), hybrid, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(states, right, hybrid, reader(machine, process), hints),
                        ConsensusHandlers.of(states, hybrid, machine.limits().waitingForKeyMax()),
                        new ScanHandler(states, reader(machine, process)),
                        HandoffHandlers.of(states, reader(machine, process), hints),
                        Optional.of(new ConvergenceHandlers(states, verifier, passes, figures, forgetting, clock)),
                        Optional.of(new AgreeHandler(membership.memory(), reader(machine, process))))));
        Coordinator coordinator = coordinators.apply(process, hybrid);
        new HintReplay(
                        hints,
                        new HeldRegisters(states),
                        machine.node.index(),
                        machine.node.links().stream()
                                .map(link -> new HintReceiver(link.place(), link))
                                .toList(),
                        new ReplayParts(clock, process, task -> process.afterNs(1_000, task), reader(machine, process)))
                .start();
        new Founder(
                        new ReplicaPeers(machine.node.replicas()),
                        membership.memory(),
                        membership.founding(),
                        process,
                        reader(machine, process),
                        FOUNDING)
                .start();
        return new RunningNode(store, right, states, replica, coordinator, hints, passes, forgetting);
    }

    private static Worker worker(Machine machine, SimulatedProcess process) {
        return new Worker(machine.random, process, machine.disk::delayNsMax, Integer.MAX_VALUE);
    }

    private static Worker reader(Machine machine, SimulatedProcess process) {
        return new Worker(
                machine.random,
                process,
                machine.disk::delayNsMax,
                machine.limits().readsMax());
    }
}
