package io.quorate.deploy.simulation.client;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.judge.I1LinearizableHistory;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A client that does one operation after the other, each at a node of its choice, and records the answer. */
public final class Client {
    private static final long TIMEOUT_MS = 250;
    private static final int TTL_MS_MAX = 120;

    private final int number;
    private final Cluster cluster;
    private final List<Key> keys;
    private final Random random;
    private final int pauseMsMax;
    private int begun;
    private int left;
    private int repeating;
    private int done;

    public Client(int number, Cluster cluster, List<Key> keys, Random random, int operations, int pauseMsMax) {
        this.number = number;
        this.cluster = cluster;
        this.keys = keys;
        this.random = random;
        this.left = operations;
        this.pauseMsMax = pauseMsMax;
    }

    public void start() {
        cluster.time().afterMs(random.nextInt(20), this::next);
    }

    public int begun() {
        return begun;
    }

    public boolean isDone() {
        return left == 0 && repeating == 0;
    }

    private void next() {
        if (left == 0) {
            return;
        }
        List<? extends SimulatedMachine> up =
                cluster.machines().stream().filter(SimulatedMachine::isUp).toList();
        if (up.isEmpty()) {
            cluster.time().afterMs(20, this::next);
            return;
        }
        left--;
        begun++;
        begin(up.get(random.nextInt(up.size())), keys.get(random.nextInt(keys.size())));
    }

    /** A client waits for an answer, or notices that its node died, and goes on. */
    private void begin(SimulatedMachine machine, Key key) {
        Call call = call(machine, key);
        if (call.isRepeatable()) {
            RequestId request = new RequestId(number, begun);
            repeating++;
            new RepeatedRequest(cluster, call, request, random, this::pause, () -> repeating--).start();
            return;
        }
        boolean[] over = {false};
        Runnable goOn = () -> {
            if (!over[0]) {
                over[0] = true;
                pause();
            }
        };
        if (call.writes()) {
            cluster.judges().began(call);
        }
        machine.process()
                .run(() -> ask(machine.coordinator(), call, outcome -> {
                    if (!over[0]) {
                        note(call, outcome);
                        goOn.run();
                    }
                }));
        cluster.time().afterMs(2 * TIMEOUT_MS, () -> {
            if (!over[0]) {
                cluster.count("without an answer");
                cluster.history().ended(call, cluster.time().nowNs(), Operation.Outcome.UNKNOWN);
            }
            goOn.run();
        });
    }

    private void pause() {
        cluster.time().afterMs(random.nextInt(pauseMsMax), this::next);
    }

    private Call call(SimulatedMachine machine, Key key) {
        Call.Kind kind =
                switch (random.nextInt(11)) {
                    case 0, 1 -> Call.Kind.WRITE;
                    case 2, 3 -> Call.Kind.WRITE_IF;
                    case 4 -> Call.Kind.SCAN;
                    case 5 -> Call.Kind.WRITE_ONCE;
                    case 6 -> Call.Kind.WRITE_IF_ONCE;
                    default -> Call.Kind.READ;
                };
        return new Call(
                number,
                kind,
                key,
                content(machine),
                precondition(key),
                cluster.time().nowNs());
    }

    private Content content(SimulatedMachine machine) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return TOMBSTONE;
        }
        byte[] bytes = (number + "." + done++ + "v".repeat(random.nextInt(30))).getBytes(StandardCharsets.UTF_8);
        long expiresAtMs = kind == 1 ? machine.clock().wallMs() + 1 + random.nextInt(TTL_MS_MAX) : Value.NEVER_EXPIRES;
        return Value.of(bytes, Value.DEFAULT_CONTENT_TYPE, expiresAtMs);
    }

    private Precondition precondition(Key key) {
        return switch (random.nextInt(5)) {
            case 0 -> new Precondition.Absent();
            case 1 -> new Precondition.Present();
            default ->
                new Precondition.AnyOf(Set.of(cluster.judges().history(key).newest()));
        };
    }

    private void ask(Coordinator coordinator, Call call, Consumer<Outcome> listener) {
        OperationOptions options = new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS);
        switch (call.kind()) {
            case READ -> coordinator.read(call.key(), options, listener);
            case SCAN -> coordinator.scan(page(call), options, listener);
            case WRITE -> coordinator.write(call.key(), call.content(), options, listener);
            case WRITE_IF -> coordinator.writeIf(call.key(), call.content(), call.precondition(), options, listener);
            case WRITE_ONCE, WRITE_IF_ONCE -> throw new AssertionError("it is sent by itself");
        }
    }

    private PageQuery page(Call call) {
        boolean withValues = random.nextInt(3) > 0;
        return new PageQuery(KeyRange.ALL, direction(call), withValues, 1 + random.nextInt(keys.size()));
    }

    private static Direction direction(Call call) {
        return call.startNs() % 2 == 0 ? Direction.ASCENDING : Direction.DESCENDING;
    }

    private static boolean covers(Call call, Scanned page, Key key) {
        int direction = direction(call) == Direction.ASCENDING ? 1 : -1;
        return page.coveredTo()
                .map(last -> direction * key.compareTo(last) <= 0)
                .orElse(true);
    }

    private void note(Call call, Outcome outcome) {
        I1LinearizableHistory history = cluster.judges().history(call.key());
        long nowNs = cluster.time().nowNs();
        cluster.count(call.op() + ": " + outcome.getClass().getSimpleName());
        if (outcome instanceof Applied applied) {
            cluster.history().wrote(call, nowNs, applied.version());
            history.wrote(call, nowNs, applied.version());
        } else if (outcome instanceof Read read) {
            saw(call, call.key(), nowNs, read.record().content(), read.record().version());
        } else if (outcome instanceof Scanned page) {
            scanned(call, nowNs, page);
        } else if (outcome instanceof ConditionFailed failed) {
            cluster.history().refuted(call, nowNs, failed.version());
            history.refused(call);
            history.saw(call.startNs(), nowNs, failed.version(), Optional.empty());
        } else if (outcome instanceof Refused) {
            refused(call, nowNs);
        } else {
            cluster.history().ended(call, nowNs, Operation.Outcome.UNKNOWN);
        }
    }

    private void refused(Call call, long nowNs) {
        cluster.history().ended(call, nowNs, Operation.Outcome.FAIL);
        if (call.writes()) {
            cluster.judges().history(call.key()).refused(call);
        }
    }

    private void saw(Call call, Key key, long nowNs, Content content, Version version) {
        cluster.history().saw(call, key, nowNs, content, version);
        cluster.judges().history(key).saw(call.startNs(), nowNs, version, Optional.of(content));
    }

    /** A key that a page covers and does not show had no value. */
    private void scanned(Call call, long nowNs, Scanned page) {
        Set<Key> shown = new HashSet<>();
        for (ScanEntry entry : page.entries()) {
            shown.add(entry.key());
            entry.value()
                    .ifPresentOrElse(
                            value -> saw(call, entry.key(), nowNs, value, entry.version()),
                            () -> cluster.judges()
                                    .history(entry.key())
                                    .sawSome(call.startNs(), nowNs, entry.version()));
        }
        for (Key key : keys) {
            if (!shown.contains(key) && covers(call, page, key)) {
                cluster.history().saw(call, key, nowNs, TOMBSTONE, Version.ZERO);
                cluster.judges().history(key).sawNone(call.startNs());
            }
        }
    }
}
