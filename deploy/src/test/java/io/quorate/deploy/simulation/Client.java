package io.quorate.deploy.simulation;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.Level;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.Precondition;
import io.quorate.coordinator.operation.Terms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A client that does one operation after the other, each at a node of its choice, and notes what it was told. */
final class Client {
    private static final long TIMEOUT_MS = 250;
    private static final int TTL_MS_MAX = 120;

    private final int number;
    private final Cluster cluster;
    private final Map<Key, KeyHistory> histories;
    private final List<Key> keys;
    private final Random random;
    private int left;
    private int done;

    Client(int number, Cluster cluster, Map<Key, KeyHistory> histories, List<Key> keys, Random random, int operations) {
        this.number = number;
        this.cluster = cluster;
        this.histories = histories;
        this.keys = keys;
        this.random = random;
        this.left = operations;
    }

    void start() {
        cluster.time().afterMs(random.nextInt(20), this::next);
    }

    boolean isDone() {
        return left == 0;
    }

    private void next() {
        if (left == 0) {
            return;
        }
        List<SimulatedNode> up =
                cluster.nodes().stream().filter(SimulatedNode::isUp).toList();
        if (up.isEmpty()) {
            cluster.time().afterMs(20, this::next);
            return;
        }
        left--;
        begin(up.get(random.nextInt(up.size())), keys.get(random.nextInt(keys.size())));
    }

    /** A client waits for an answer, or notices that its node died, and goes on. */
    private void begin(SimulatedNode node, Key key) {
        long startNs = cluster.time().nowNs();
        boolean[] over = {false};
        Runnable goOn = () -> {
            if (!over[0]) {
                over[0] = true;
                cluster.time().afterMs(random.nextInt(8), this::next);
            }
        };
        Content content = content(node);
        Life life = node.life();
        life.run(() -> ask(node.coordinator(), key, content, outcome -> {
            if (!over[0]) {
                note(key, startNs, content, outcome);
                goOn.run();
            }
        }));
        cluster.time().afterMs(2 * TIMEOUT_MS, () -> {
            if (!over[0]) {
                cluster.count("without an answer");
            }
            goOn.run();
        });
    }

    private Content content(SimulatedNode node) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return TOMBSTONE;
        }
        byte[] bytes = (number + "." + done++ + "v".repeat(random.nextInt(30))).getBytes(StandardCharsets.UTF_8);
        long expiresAtMs = kind == 1 ? node.clock().wallMs() + 1 + random.nextInt(TTL_MS_MAX) : Value.NEVER_EXPIRES;
        return Value.of(bytes, Value.DEFAULT_CONTENT_TYPE, expiresAtMs);
    }

    private void ask(Coordinator coordinator, Key key, Content content, Consumer<Outcome> listener) {
        Terms terms = new Terms(Level.LINEARIZABLE, TIMEOUT_MS);
        switch (random.nextInt(4)) {
            case 0 -> coordinator.write(key, content, terms, listener);
            case 1 -> coordinator.writeIf(key, content, precondition(key), TIMEOUT_MS, listener);
            default -> coordinator.read(key, terms, listener);
        }
    }

    private Precondition precondition(Key key) {
        return switch (random.nextInt(5)) {
            case 0 -> new Precondition.Absent();
            case 1 -> new Precondition.Present();
            default -> new Precondition.AnyOf(Set.of(histories.get(key).newest()));
        };
    }

    private void note(Key key, long startNs, Content content, Outcome outcome) {
        KeyHistory history = histories.get(key);
        long nowNs = cluster.time().nowNs();
        cluster.count(outcome.getClass().getSimpleName());
        if (outcome instanceof Applied applied) {
            history.wrote(startNs, nowNs, applied.version(), content);
        } else if (outcome instanceof Read read) {
            history.saw(
                    startNs,
                    nowNs,
                    read.record().version(),
                    Optional.of(read.record().content()));
        } else if (outcome instanceof ConditionFailed failed) {
            history.refused(content);
            history.saw(startNs, nowNs, failed.version(), Optional.empty());
        } else if (outcome instanceof Refused) {
            history.refused(content);
        }
    }
}
