package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.deploy.simulation.Simulation;
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

/**
 * A replica has accepted a proposal that is chosen. A query has to read its state from the disk, and waits there. In
 * the meantime the proposal is stored, and a vote for a refusal takes its place in the acceptor. The query must show
 * the chosen record: as the proposal, or in the register.
 */
public final class ProposalStoredDuringRead extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final Record BASE = new Record(new Version(10, 1, 1, 0), Value.of("base"));
    private static final Record CHOSEN = new Record(BASE.version().nextStep(), Value.of("chosen"), new RequestId(1, 1));

    @Override
    Optional<String> play(long seed) {
        try {
            return new Run().violation();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Run {
        private final Queue<Runnable> readers = new ArrayDeque<>();
        private final Queue<Runnable> writers = new ArrayDeque<>();
        private final SlowReads disk = new SlowReads(new CrashDisk());
        private final Replica replica;

        Run() throws IOException {
            try (DataDirectory directory = DataDirectory.create(disk.slowed())) {
                Store.create(directory);
            }
            DataDirectory directory = DataDirectory.open(disk.slowed());
            StoreThreads threads = new StoreThreads(
                    writers::add, writers::add, writers::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
            Store store = Store.open(directory, Simulation.options(1_000), threads, failure -> {
                throw failure;
            });
            HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
            VotingRight right = VotingRight.of(directory);
            KeyStates states = new KeyStates(store, right, readers::add);
            replica = new Replica(
                    clock,
                    right,
                    new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                    Optional.of(new Replica.Registers(
                            new QueryHandler(states),
                            new StoreHandler(
                                    states,
                                    right,
                                    clock,
                                    readers::add,
                                    new Hints(store, 3, HintOptions.DEFAULTS, clock)),
                            ConsensusHandlers.of(states, clock),
                            new ScanHandler(states, readers::add),
                            HandoffHandlers.of(
                                    states, readers::add, new Hints(store, 3, HintOptions.DEFAULTS, clock)))));
        }

        Optional<String> violation() {
            handle(new StoreRequest(KEY, BASE));
            handle(new Accept(KEY, new Proposal(new Ballot(1, 1, 1), CHOSEN)));
            forceOutOfMemory();
            List<Reply> replies = new ArrayList<>();
            replica.handle(new Query(KEY, true), replies::add);
            if (!replies.isEmpty()) {
                throw new IllegalStateException("the query does not need the disk");
            }
            disk.duringNextRead(this::replaceTheProposal);
            readers.remove().run();
            RecordReply shown = (RecordReply) replies.get(0);
            boolean isMissed = shown.record().equals(BASE) && shown.accepted().isEmpty();
            return Optional.of("I8: a replica accepted " + CHOSEN + " and then shows " + shown)
                    .filter(missed -> isMissed);
        }

        private void replaceTheProposal() {
            handle(new StoreRequest(KEY, CHOSEN));
            RequestResult refused = RequestResult.refused(CHOSEN.version(), new Receipt(5, false, Long.MAX_VALUE));
            handle(new AcceptRefusal(KEY, new Ballot(2, 1, 1), new RequestId(2, 2), refused, CHOSEN));
        }

        /** Fills memtables until the store has written those of the key to tables. */
        private void forceOutOfMemory() {
            for (int i = 0; i < 60; i++) {
                Version version = new Version(20 + i, 1, 1, 0);
                handle(new StoreRequest(Key.of("other-" + i), new Record(version, Value.of("v".repeat(100)))));
            }
        }

        private void handle(Request request) {
            replica.handle(request, reply -> {});
            while (!writers.isEmpty() || !readers.isEmpty()) {
                (writers.isEmpty() ? readers : writers).remove().run();
            }
        }
    }
}
