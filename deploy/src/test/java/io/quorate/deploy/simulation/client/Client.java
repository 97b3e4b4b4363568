package io.quorate.deploy.simulation.client;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.PlannedDefects;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A client that does one operation after the other, each at a node of its choice, and records the answer. */
public final class Client {
    private static final long TIMEOUT_MS = 250;
    private static final int TTL_MS_MAX = 120;

    /** More keys are written and deleted more often than read, so that replicas stop at different places in a scan. */
    private static final int FEW_KEYS = 5;

    private final int number;
    private final Cluster cluster;
    private final List<Key> keys;
    private final Random random;
    private final int pauseMsMax;
    private final boolean deletesOften;
    private final PlannedDefects defects = new PlannedDefects();
    private int begun;
    private final Witness witness;

    /** The page that was asked for last. */
    private PageWalk walk;

    /** What the last page left, if the last request was a scan. */
    private Optional<PageWalk> rest = Optional.empty();

    private int left;
    private int repeating;
    private int done;

    public Client(int number, Cluster cluster, List<Key> keys, Random random, int operations, int pauseMsMax) {
        this.deletesOften = cluster.forgetsAfterMs().isPresent();
        this.number = number;
        this.cluster = cluster;
        this.keys = keys;
        this.random = random;
        this.witness = new Witness(cluster, keys);
        this.left = operations;
        this.pauseMsMax = pauseMsMax;
    }

    public void start() {
        cluster.time().afterMs(random.nextInt(20), this::next);
    }

    public int begun() {
        return begun;
    }

    /** Whether it begins nothing new. It may still repeat requests. */
    public boolean hasBegunAll() {
        return left == 0;
    }

    public boolean isDone() {
        return left == 0 && repeating == 0;
    }

    private void next() {
        if (left == 0) {
            return;
        }
        List<? extends SimulatedMachine> up = cluster.machines().stream()
                .filter(SimulatedMachine::isListening)
                .toList();
        if (up.isEmpty()) {
            cluster.time().afterMs(20, this::next);
            return;
        }
        left--;
        begun++;
        SimulatedMachine machine = up.get(random.nextInt(up.size()));
        boolean goesOn = rest.isPresent() && random.nextInt(4) > 0;
        Call call = call(goesOn ? Call.Kind.SCAN : kind(), machine, keys.get(random.nextInt(keys.size())));
        walk = goesOn ? rest.get() : PageWalk.begin(random);
        rest = Optional.empty();
        begin(machine, call);
    }

    /** A client waits for an answer, or notices that its node died, and goes on. */
    private void begin(SimulatedMachine machine, Call call) {
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
                .run(() -> ask(machine.coordinator(), call, defects.behind(outcome -> {
                    if (!over[0]) {
                        answered(call, outcome);
                        goOn.run();
                    }
                })));
        cluster.time().afterMs(2 * TIMEOUT_MS, () -> {
            if (!over[0]) {
                cluster.count("without an answer");
                cluster.history().ended(call, cluster.time().nowNs(), Operation.Outcome.UNKNOWN);
            }
            goOn.run();
        });
    }

    private void answered(Call call, Outcome outcome) {
        if (call.kind() == Call.Kind.SCAN) {
            witness.scanned(call, walk, outcome);
            rest = outcome instanceof Scanned page ? walk.beyond(page) : Optional.empty();
        } else {
            witness.answered(call, outcome);
        }
    }

    private void pause() {
        cluster.time().afterMs(random.nextInt(pauseMsMax), this::next);
    }

    private Call.Kind kind() {
        return hasManyKeys() ? kindForMany() : kindForFew();
    }

    private boolean hasManyKeys() {
        return keys.size() > FEW_KEYS;
    }

    private Call.Kind kindForMany() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> Call.Kind.WRITE;
            case 3, 4 -> Call.Kind.SCAN;
            case 5 -> Call.Kind.WRITE_IF;
            case 6 -> Call.Kind.WRITE_ONCE;
            default -> Call.Kind.READ;
        };
    }

    private Call.Kind kindForFew() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> Call.Kind.WRITE;
            case 2, 3 -> Call.Kind.WRITE_IF;
            case 4 -> Call.Kind.SCAN;
            case 5 -> Call.Kind.WRITE_ONCE;
            case 6 -> Call.Kind.WRITE_IF_ONCE;
            default -> Call.Kind.READ;
        };
    }

    private ConsistencyLevel level(Call.Kind kind) {
        return switch (kind) {
            case READ, SCAN, WRITE ->
                switch (random.nextInt(10)) {
                    case 0 -> ConsistencyLevel.QUORUM;
                    case 1 -> ConsistencyLevel.ONE;
                    case 2 -> ConsistencyLevel.ALL;
                    default -> ConsistencyLevel.LINEARIZABLE;
                };
            case WRITE_IF, WRITE_ONCE, WRITE_IF_ONCE -> ConsistencyLevel.LINEARIZABLE;
        };
    }

    private Call call(Call.Kind kind, SimulatedMachine machine, Key key) {
        return new Call(
                number,
                kind,
                key,
                content(machine),
                precondition(key),
                level(kind),
                cluster.time().nowNs());
    }

    private Content content(SimulatedMachine machine) {
        int kind = random.nextInt(10);
        if (kind == 0 || (hasManyKeys() || deletesOften) && random.nextInt(3) == 0) {
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
        OperationOptions options = new OperationOptions(call.level(), TIMEOUT_MS);
        switch (call.kind()) {
            case READ -> coordinator.read(call.key(), options, listener);
            case SCAN -> coordinator.scan(walk.query(), options, listener);
            case WRITE -> coordinator.write(call.key(), call.content(), options, listener);
            case WRITE_IF -> coordinator.writeIf(call.key(), call.content(), call.precondition(), options, listener);
            case WRITE_ONCE, WRITE_IF_ONCE -> throw new AssertionError("it is sent by itself");
        }
    }
}
