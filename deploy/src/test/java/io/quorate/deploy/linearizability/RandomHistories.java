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

/** Makes histories by running a real register, so that they are linearizable, or by drawing at random, so that most are not. */
final class RandomHistories {
    private final Random random;
    private final Map<String, Optional<String>> registers = new HashMap<>();
    private int values;

    RandomHistories(long seed) {
        this.random = new Random(seed);
    }

    /** Each client takes effect at an instant inside its operation; one write in {@code unknownEvery} loses its answer. */
    List<Operation> linearizable(int operations, int clients, int keys, int unknownEvery) {
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
        return plans.stream().map(this::apply).toList();
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
            return new Operation(client, kind, key, value, startNs, endNs, outcome);
        }
    }
}
