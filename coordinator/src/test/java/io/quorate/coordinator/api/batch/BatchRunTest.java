package io.quorate.coordinator.api.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.loop.Asker;
import io.quorate.common.loop.ValueSizes;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Value;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.replica.HealthyReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch of gets on a replica that never answers. */
class BatchRunTest {
    private static final NodeId ID = new NodeId("n1");

    private final List<Throwable> defects = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final CountingAsker asker = new CountingAsker();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void noteDefects() {
        before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
    }

    @AfterEach
    void noteNoMore() {
        Thread.currentThread().setUncaughtExceptionHandler(before);
    }

    private static final class SilentReplica extends HealthyReplica {
        SilentReplica() {
            super(ID);
        }

        @Override
        public void ask(Request request, long patienceMs, int index, Answers answers) {}
    }

    private static final class CountingAsker implements Asker {
        private int inFlight;
        private int operations;
        private boolean othersWait;

        @Override
        public void began(int places) {
            inFlight += places;
            operations++;
        }

        @Override
        public void ended(int places) {
            inFlight -= places;
            operations--;
        }

        @Override
        public boolean othersWait() {
            return othersWait;
        }

        @Override
        public ValueSizes valueSizes() {
            return new ValueSizes();
        }

        @Override
        public ValueSizes pageSizes() {
            return new ValueSizes();
        }
    }

    private static BatchItem get(String key) {
        return new BatchItem("get", Key.of(key), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    private BatchRun run(List<BatchItem> items) {
        TimeSources time = new TimeSources(
                SystemClock.INSTANCE,
                (delayMs, action) -> () -> {},
                new HybridClock(SystemClock.INSTANCE, 500),
                () -> Long.MAX_VALUE);
        ClusterMembers members = new ClusterMembers(new Placement(List.of(ID)), List.of(new SilentReplica()));
        return new BatchRun(
                new Coordinator(new CoordinatorParts(ID, members, time, new Random(1))),
                new Reservation(MemoryBudget.unlimited(), MemoryUse.VALUE),
                items,
                new OperationOptions(ConsistencyLevel.LINEARIZABLE, 60_000).askedBy("", asker),
                60_000,
                "",
                new BatchRun.Receiver() {
                    @Override
                    public void result(ObjectNode result, int valueBytes, Runnable sent) {
                        received.add(result.get("status").asText());
                        sent.run();
                    }

                    @Override
                    public void ended() {
                        received.add("end");
                    }
                });
    }

    @Test
    void aReadThatEndsAsNoReadCanIsADefectAndTheBatchEnds() {
        List<BatchItem> items = List.of(get("a"), get("b"));
        BatchRun run = run(items);
        run.start();
        Outcome impossible = new Outcome.Unknown(new Evidence(ID, List.of(), 1, 0));
        run.read(0, items.get(0), impossible);
        run.read(1, items.get(1), impossible);
        assertEquals(List.of("500", "500", "end"), received);
        assertEquals(2, defects.size());
    }

    private static List<BatchItem> gets(int count) {
        return IntStream.range(0, count).mapToObj(i -> get("key-" + i)).toList();
    }

    @Test
    void itBeginsManyOperationsWhileNobodyElseWaits() {
        run(gets(100)).start();
        assertEquals(BatchRun.PLACES_MAX, asker.inFlight);
    }

    @Test
    void itBeginsTwoLargePutsAtATime() {
        Value large = Value.of(new byte[4 << 20], Value.DEFAULT_CONTENT_TYPE);
        run(IntStream.range(0, 5)
                        .mapToObj(i -> new BatchItem(
                                "put", Key.of("key-" + i), Optional.of(large), OptionalLong.empty(), Optional.empty()))
                        .toList())
                .start();
        assertEquals(BatchRun.PLACES_MAX, asker.inFlight);
        assertEquals(2, asker.operations);
    }

    /** The limit is 32 at first. */
    @Test
    void itBeginsNoMoreThanAQuarterOfTheLimitWhileOthersWait() {
        asker.othersWait = true;
        run(gets(100)).start();
        assertEquals(8, asker.inFlight);
    }
}
