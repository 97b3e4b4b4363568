package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.antientropy.handler.ConvergenceHandlers;
import io.quorate.node.convergence.antientropy.handler.PacedReader;
import io.quorate.node.convergence.antientropy.handler.ReadPace;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** One replica whose threads work when a schedule says so, and whose reads of the disk can wait. */
final class LoneReplica {
    private final Queue<Runnable> readers = new ArrayDeque<>();
    private final Queue<Runnable> writers = new ArrayDeque<>();
    private final SlowReads disk = new SlowReads(new CrashDisk());
    private final Replica replica;
    private final KeyStates states;

    LoneReplica() {
        try {
            try (DataDirectory directory = DataDirectory.create(disk.slowed())) {
                Store.create(directory);
            }
            DataDirectory directory = DataDirectory.open(disk.slowed());
            StoreThreads threads =
                    new StoreThreads(writers::add, writers::add, writers::add, this::soon, SystemClock.INSTANCE);
            Store store = Store.open(directory, Simulation.options(1_000), threads, failure -> {
                throw failure;
            });
            VotingRight right = VotingRight.of(directory);
            states = new KeyStates(store, right, readers::add);
            replica = replica(store, right);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the store does each hour would never end, if it did not wait. */
    private Scheduler.Timer soon(long delayMs, Runnable action) {
        if (delayMs < TimeUnit.HOURS.toMillis(1)) {
            writers.add(action);
        }
        return () -> {};
    }

    private Replica replica(Store store, VotingRight right) {
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        Hints hints = new Hints(store, 3, HintOptions.DEFAULTS, clock);
        PassMemory memory = new PassMemory(store, SystemClock.INSTANCE);
        PacedReader reader = new PacedReader(
                store,
                readers::add,
                (delayMs, action) -> () -> {},
                SystemClock.INSTANCE,
                new ReadPace(86_400_000, 32 << 20));
        return new Replica(
                clock,
                right,
                new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(states, right, clock, readers::add, hints),
                        ConsensusHandlers.of(states, clock),
                        new ScanHandler(states, readers::add),
                        HandoffHandlers.of(states, readers::add, hints),
                        Optional.of(new ConvergenceHandlers(
                                states,
                                reader,
                                memory,
                                new PassFigures(),
                                new ForgettingFigures(SystemClock.INSTANCE),
                                SystemClock.INSTANCE)),
                        Optional.empty())));
    }

    KeyStates states() {
        return states;
    }

    /** Hands over a request. Its threads do nothing yet. */
    List<Reply> begin(Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        return replies;
    }

    /** Lets all threads do what they have to do. */
    void settle() {
        while (!writers.isEmpty() || !readers.isEmpty()) {
            (writers.isEmpty() ? readers : writers).remove().run();
        }
    }

    Reply handle(Request request) {
        List<Reply> replies = begin(request);
        settle();
        return replies.get(0);
    }

    /** A reader begins to work, and waits for its first read of the disk while something else happens. */
    Reply during(Request request, Runnable meanwhile) {
        List<Reply> replies = begin(request);
        if (!replies.isEmpty() || readers.isEmpty()) {
            throw new IllegalStateException("no need of the disk: " + request);
        }
        disk.duringNextRead(meanwhile);
        readers.remove().run();
        settle();
        return replies.get(0);
    }

    /** Fills memtables until the store has written all others to tables. */
    void forceOutOfMemory() {
        for (int i = 0; i < 60; i++) {
            Version version = new Version((1L << 40) + i, 1, 1, 0);
            handle(new StoreRequest(Key.of("other-" + i), new Record(version, Value.of("v".repeat(100)))));
        }
    }
}
