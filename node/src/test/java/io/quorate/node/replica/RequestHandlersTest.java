package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.antientropy.handler.ConvergenceHandlers;
import io.quorate.node.convergence.antientropy.handler.PacedReader;
import io.quorate.node.convergence.antientropy.handler.ReadPace;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.founding.AgreeHandler;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestHandlersTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @TempDir
    Path folder;

    @Test
    void everyRequestHasAHandler() throws IOException {
        try (DataDirectory directory = DataDirectory.create(new RealDisk(folder.resolve("data")))) {
            Store.create(directory);
            StoreThreads threads = new StoreThreads(
                    tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
            Store store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
                throw failure;
            });
            assertEquals(
                    Set.of(Request.class.getPermittedSubclasses()),
                    replica(store, directory).requests());
            store.shutdown(() -> {});
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }

    private Replica replica(Store store, DataDirectory directory) throws IOException {
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, tasks::add);
        return new Replica(
                clock,
                right,
                new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(
                                states, right, clock, tasks::add, new Hints(store, 3, HintOptions.DEFAULTS, clock)),
                        ConsensusHandlers.of(states, clock),
                        new ScanHandler(states, tasks::add),
                        HandoffHandlers.of(states, tasks::add, new Hints(store, 3, HintOptions.DEFAULTS, clock)),
                        Optional.of(convergence(store, states)),
                        Optional.of(new AgreeHandler(disks(directory), tasks::add)))));
    }

    private static DiskMemory disks(DataDirectory directory) throws IOException {
        NodeId self = new NodeId("n1");
        NodeIdentity identity = new NodeIdentity(new ClusterId("c"), self, 1, Optional.of(new DiskId(1)));
        return DiskMemory.open(directory.disk(), identity, new MemberIds(List.of(self)));
    }

    private ConvergenceHandlers convergence(Store store, KeyStates states) {
        PacedReader reader = new PacedReader(
                store, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE, new ReadPace(1_000, 1 << 20));
        return new ConvergenceHandlers(
                states,
                reader,
                new PassMemory(store, SystemClock.INSTANCE),
                new PassFigures(),
                new ForgettingFigures(SystemClock.INSTANCE),
                SystemClock.INSTANCE);
    }
}
