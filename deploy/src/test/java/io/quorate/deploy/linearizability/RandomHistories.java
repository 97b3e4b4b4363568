package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes histories. Those of a real register are linearizable. Those drawn at random mostly are not. */
final class RandomHistories {
    private final Random random;
    private final Map<String, Optional<String>> registers = new HashMap<>();
    private int values;

    RandomHistories(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Each operation takes effect at an instant between its start and its end. One write in {@code unknownEvery} loses
     * its answer.
     */
    List<Operation> linearizable(int operations, int clients, int keys, int unknownEvery) {
        return linearizable(operations, clients, keys, unknownEvery, 0);
    }

    /** The same, and of ten operations {@code conditionalOfTen}, at most 4, are conditional. */
    List<Operation> linearizable(int operations, int clients, int keys, int unknownEvery, int conditionalOfTen) {
        long[] clientFreeNs = new long[clients];
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            int client = random.nextInt(clients);
            long start = clientFreeNs[client] + random.nextInt(100);
            long effect = start + random.nextInt(500);
            long end = effect + random.nextInt(500);
            clientFreeNs[client] = end + 1;
            boolean unknown = random.nextInt(unknownEvery) == 0;
            plans.add(new Plan(client, "k" + random.nextInt(keys), start, effect, end, unknown, random.nextInt(10)));
        }
        plans.sort(Comparator.comparingLong(Plan::effectNs));
        return plans.stream()
                .map(plan -> plan.die >= 5 && plan.die < 5 + conditionalOfTen ? applyIf(plan) : apply(plan))
                .toList();
    }

    /** Few operations, few values, any outcome: for comparison with a search of all orders. */
    List<Operation> arbitrary(int operations) {
        List<Operation> drawn = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            long start = random.nextInt(20);
            Kind kind = Kind.values()[random.nextInt(3)];
            Outcome outcome = random.nextInt(3) == 0 ? Outcome.UNKNOWN : Outcome.OK;
            boolean absent = kind == Kind.DELETE || (kind == Kind.GET && random.nextInt(4) == 0);
            Optional<String> value = absent ? Optional.empty() : Optional.of("v" + random.nextInt(3));
            drawn.add(new Operation(i, kind, "k", value, start, start + random.nextInt(10), outcome));
        }
        return drawn;
    }

    /** Few operations, each put with a value of its own, some with conditions and some with an end of life. */
    List<Operation> arbitraryConditional(int operations) {
        List<Operation> drawn = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            long start = random.nextInt(20);
            Kind kind = Kind.values()[random.nextInt(5)];
            Optional<String> value =
                    switch (kind) {
                        case GET -> drawnValue(operations);
                        case PUT, PUT_IF -> Optional.of("v" + i);
                        case DELETE, DELETE_IF -> Optional.empty();
                    };
            Optional<Condition> condition =
                    kind.isConditional() ? Optional.of(drawnCondition(operations)) : Optional.empty();
            Outcome outcome = Outcome.values()[random.nextInt(3)];
            Optional<String> version = outcome == Outcome.UNKNOWN
                    ? Optional.empty()
                    : (outcome == Outcome.FAIL ? drawnValue(operations) : value).map(RandomHistories::versionOf);
            boolean ends = value.isPresent() && kind.isWrite() && random.nextInt(3) == 0;
            drawn.add(new Operation(
                    i,
                    kind,
                    "k",
                    condition,
                    value,
                    ends ? Optional.of(1L) : Optional.empty(),
                    version,
                    start,
                    start + random.nextInt(10),
                    outcome));
        }
        return drawn;
    }

    private Optional<String> drawnValue(int values) {
        int drawn = random.nextInt(values + 1);
        return drawn == values ? Optional.empty() : Optional.of("v" + drawn);
    }

    private Condition drawnCondition(int values) {
        return drawnValue(values)
                .map(value -> Condition.version(versionOf(value)))
                .orElse(Condition.ABSENT);
    }

    /** As each value is written once, it may as well name its version. */
    private static String versionOf(String value) {
        return "@" + value;
    }

    static String valueAt(String version) {
        return version.substring(1);
    }

    /** A condition on the present version or, as often, on a version that only another key has or no key has. */
    private Operation applyIf(Plan plan) {
        Optional<String> now = registers.getOrDefault(plan.key, Optional.empty());
        Optional<String> expected = random.nextBoolean() ? now : Optional.of("v" + random.nextInt(values + 1));
        Optional<Condition> condition = Optional.of(
                expected.map(value -> Condition.version(versionOf(value))).orElse(Condition.ABSENT));
        Optional<String> next = Optional.of("v" + values++);
        boolean holds = expected.equals(now);
        if (holds && (!plan.unknown || random.nextBoolean())) {
            registers.put(plan.key, next);
        }
        Outcome outcome = plan.unknown ? Outcome.UNKNOWN : holds ? Outcome.OK : Outcome.FAIL;
        Optional<String> version =
                plan.unknown ? Optional.empty() : (holds ? next : now).map(RandomHistories::versionOf);
        return new Operation(
                plan.client,
                Kind.PUT_IF,
                plan.key,
                condition,
                next,
                Optional.empty(),
                version,
                plan.startNs,
                plan.endNs,
                outcome);
    }

    private Operation apply(Plan plan) {
        Optional<String> now = registers.getOrDefault(plan.key, Optional.empty());
        if (plan.die < 5) {
            return plan.operation(Kind.GET, now, Outcome.OK);
        }
        boolean delete = plan.die == 9;
        Optional<String> next = delete ? Optional.empty() : Optional.of("v" + values++);
        boolean happens = !plan.unknown || random.nextBoolean();
        if (happens) {
            registers.put(plan.key, next);
        }
        return plan.operation(delete ? Kind.DELETE : Kind.PUT, next, plan.unknown ? Outcome.UNKNOWN : Outcome.OK);
    }

    private record Plan(int client, String key, long startNs, long effectNs, long endNs, boolean unknown, int die) {
        Operation operation(Kind kind, Optional<String> value, Outcome outcome) {
            Optional<String> version = outcome == Outcome.OK ? value.map(RandomHistories::versionOf) : Optional.empty();
            Optional<Condition> none = Optional.empty();
            return new Operation(client, kind, key, none, value, Optional.empty(), version, startNs, endNs, outcome);
        }
    }
}
