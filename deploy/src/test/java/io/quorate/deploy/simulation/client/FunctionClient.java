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
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.function.PutIfValue;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.judge.FunctionsInOrder;
import io.quorate.deploy.simulation.judge.Marks;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A client that changes one key mostly by functions of its value, several at once. Sometimes it reads, writes or
 * deletes it. Each write leaves a mark of its own.
 */
public final class FunctionClient {
    private static final int PAUSE_MS_MAX = 4;
    private static final int ATTEMPTS_MAX = 4;
    private static final int BURST_MAX = 5;

    private final int number;
    private final Cluster cluster;
    private final Key key;
    private final FunctionMarks marks;
    private final Random random;
    private final Witness witness;
    private final FunctionsInOrder judge;
    private int left;
    private int begun;
    private int names;
    private Value seen = Value.of("");

    public FunctionClient(int number, Cluster cluster, Key key, FunctionMarks marks, Random random, int operations) {
        this.number = number;
        this.cluster = cluster;
        this.key = key;
        this.marks = marks;
        this.random = random;
        this.left = operations;
        this.witness = new Witness(cluster, List.of(key));
        this.judge = cluster.judges().functions(key);
    }

    public void start() {
        cluster.time().afterMs(random.nextInt(20), this::next);
    }

    public int begun() {
        return begun;
    }

    public boolean isDone() {
        return left == 0;
    }

    private void next() {
        if (left == 0) {
            return;
        }
        Optional<SimulatedMachine> machine = anyMachine();
        if (machine.isEmpty()) {
            cluster.time().afterMs(20, this::next);
            return;
        }
        begun++;
        switch (random.nextInt(10)) {
            case 0 -> call(machine.get(), Call.Kind.READ, TOMBSTONE);
            case 1 -> call(machine.get(), Call.Kind.WRITE, random.nextBoolean() ? TOMBSTONE : content(mark()));
            case 2 -> call(machine.get(), Call.Kind.WRITE_IF, content(mark()));
            default -> changeAtOnce(machine.get(), 1 + random.nextInt(BURST_MAX));
        }
    }

    private Optional<SimulatedMachine> anyMachine() {
        List<? extends SimulatedMachine> up = cluster.machines().stream()
                .filter(SimulatedMachine::isListening)
                .toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    private void goOn() {
        left--;
        cluster.time().afterMs(random.nextInt(PAUSE_MS_MAX), this::next);
    }

    // ---- marks ----

    /** The mark of the next write, as the text of a value. */
    private String mark() {
        OptionalInt digit = isCounter() ? marks.nextDigit() : OptionalInt.empty();
        String text = digit.isPresent() ? Long.toString(1L << 2 * digit.getAsInt()) : marks.nextWord() + " ";
        judge.began(digit.isPresent() ? Marks.ofDigit(digit.getAsInt()) : text.strip());
        return text;
    }

    private static String markOf(String text) {
        return text.endsWith(" ") ? text.strip() : Marks.ofDigit(Long.numberOfTrailingZeros(Long.parseLong(text)) / 2);
    }

    private boolean isCounter() {
        return key.equals(Marks.counter());
    }

    private static Value content(String text) {
        return Value.of(text);
    }

    // ---- reads and writes ----

    private void call(SimulatedMachine machine, Call.Kind kind, Content content) {
        Precondition condition =
                new Precondition.AnyOf(Set.of(cluster.judges().history(key).newest()));
        Call call = new Call(
                number,
                kind,
                key,
                content,
                condition,
                ConsistencyLevel.LINEARIZABLE,
                cluster.time().nowNs());
        if (call.writes()) {
            cluster.judges().began(call);
        }
        send(
                machine,
                (coordinator, listener) -> {
                    switch (kind) {
                        case READ -> coordinator.read(key, options(), listener);
                        case WRITE -> coordinator.write(key, content, options(), listener);
                        default -> coordinator.writeIf(key, content, condition, options(), listener);
                    }
                },
                outcome -> {
                    witness.answered(call, outcome);
                    if (outcome instanceof Read read && read.record().content() instanceof Value value) {
                        seen = value;
                    }
                },
                this::goOn);
    }

    private OperationOptions options() {
        return new OperationOptions(ConsistencyLevel.LINEARIZABLE, 5 + random.nextInt(300));
    }

    private interface Request {
        void send(Coordinator coordinator, Consumer<Outcome> listener);
    }

    /** A client waits for an answer, or notices that its node died. */
    private void send(SimulatedMachine machine, Request request, Consumer<Outcome> answered, Runnable then) {
        boolean[] over = {false};
        Consumer<Outcome> once = outcome -> {
            if (!over[0]) {
                over[0] = true;
                answered.accept(outcome);
                then.run();
            }
        };
        machine.process().run(() -> request.send(machine.coordinator(), once));
        cluster.time().afterMs(600, () -> {
            if (!over[0]) {
                over[0] = true;
                then.run();
            }
        });
    }

    // ---- functions ----

    /** So a coordinator has several to put into one bundle. */
    private void changeAtOnce(SimulatedMachine machine, int functions) {
        int[] open = {functions};
        Runnable oneIsOver = () -> {
            open[0]--;
            if (open[0] == 0) {
                goOn();
            }
        };
        for (int i = 0; i < functions; i++) {
            change(machine, mark(), oneIsOver);
        }
    }

    private void change(SimulatedMachine machine, String text, Runnable whenOver) {
        names++;
        RegisterFunction function = function(text);
        boolean isRepeatable = !cluster.retention().ends() && random.nextInt(5) == 0;
        if (isRepeatable) {
            IdempotentRequest request = new IdempotentRequest(
                    new RequestId(number, names),
                    text.hashCode(),
                    cluster.retention().ms());
            once(machine, function, text, request, cluster.time().nowNs(), 1, whenOver);
        } else {
            long startNs = cluster.time().nowNs();
            send(
                    machine,
                    (coordinator, listener) -> coordinator.change(key, function, options(), listener),
                    outcome -> note(function, text, startNs, outcome),
                    whenOver);
        }
    }

    /** Sends it again until it has an answer. */
    private void once(
            SimulatedMachine machine,
            RegisterFunction function,
            String text,
            IdempotentRequest request,
            long startNs,
            int attempt,
            Runnable whenOver) {
        boolean[] answered = {false};
        send(
                machine,
                (coordinator, listener) -> coordinator.changeOnce(key, function, request, options(), listener),
                outcome -> answered[0] = isAnswer(outcome) && note(function, text, startNs, outcome),
                () -> {
                    Optional<SimulatedMachine> next = anyMachine();
                    if (answered[0] || next.isEmpty() || attempt == ATTEMPTS_MAX) {
                        whenOver.run();
                    } else {
                        once(next.get(), function, text, request, startNs, attempt + 1, whenOver);
                    }
                });
    }

    private static boolean isAnswer(Outcome outcome) {
        return outcome instanceof Applied || outcome instanceof ConditionFailed;
    }

    private RegisterFunction function(String text) {
        boolean hasNoDigit = isCounter() && text.endsWith(" ");
        int kind = random.nextInt(hasNoDigit ? 2 : 8);
        if (kind == 0) {
            return new PutIfAbsent(content(text));
        }
        if (kind == 1) {
            return new PutIfValue(seen, content(text));
        }
        if (text.endsWith(" ")) {
            return new Append(content(text), 100 + random.nextInt(400));
        }
        SumBounds bounds = new SumBounds(0, random.nextBoolean() ? Long.MAX_VALUE : 1L << random.nextInt(60));
        return new Add(
                Long.parseLong(text),
                bounds,
                random.nextInt(4) == 0 ? AbsentNumber.REFUSED : AbsentNumber.ZERO,
                Value.NEVER_EXPIRES);
    }

    private boolean note(RegisterFunction function, String text, long startNs, Outcome outcome) {
        cluster.count("function: " + outcome.getClass().getSimpleName());
        long nowNs = cluster.time().nowNs();
        if (outcome instanceof Applied applied) {
            applied(function, startNs, nowNs, applied);
        } else if (outcome instanceof ConditionFailed failed) {
            cluster.judges().history(key).saw(startNs, nowNs, failed.version(), Optional.empty());
            failed.function()
                    .ifPresentOrElse(
                            report -> judge.refused(function, markOf(text), failed.version(), report),
                            () -> judge.hasNoEffect(markOf(text)));
        } else if (outcome instanceof Refused) {
            judge.hasNoEffect(markOf(text));
        }
        return true;
    }

    private void applied(RegisterFunction function, long startNs, long nowNs, Applied applied) {
        Optional<FunctionReport> report = applied.function();
        Optional<Content> register = report.filter(FunctionReport::isRegister)
                .flatMap(each -> each.verdict().made());
        cluster.judges().history(key).changed(startNs, nowNs, applied.version(), register);
        report.ifPresent(each -> {
            judge.applied(function, applied.version(), each);
            cluster.count("function: applied with " + Math.min(each.changesBefore(), 3) + " changes before");
            each.verdict().made().filter(Value.class::isInstance).ifPresent(made -> seen = (Value) made);
        });
    }
}
