package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Sixteen clients replace one key by compare-and-set through three coordinators. Each reads, writes on the condition
 * that the version is still the one that it read, and begins anew. At most one of the writes on a version is applied.
 * So the others should prepare no ballot, as far as they can know that. It also counts how many writes are applied:
 * virtual time has no noise.
 */
public final class HotKey extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final int CLIENTS = 16;
    private static final long FOR_MS = 200;

    /** For each write. Without looks it takes about twelve. */
    private static final int BALLOTS_MAX = 6;

    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 2_000);

    @Override
    Optional<String> play(long seed) {
        return new Run(new Stage(seed, Simulation.options(1_000_000))).violation();
    }

    private static final class Run {
        private final Stage stage;
        private final Set<Ballot> prepared = new HashSet<>();
        private int applied;

        Run(Stage stage) {
            this.stage = stage;
        }

        Optional<String> violation() {
            stage.network().heal();
            slowDown();
            stage.network().lose(this::note);
            Stage.require(
                    Applied.class,
                    stage.ask(stage.nodes().get(0), (node, told) -> node.write(KEY, Value.of("0"), TERMS, told)));
            for (int i = 0; i < CLIENTS; i++) {
                read(stage.nodes().get(i % 3).coordinator());
            }
            stage.time().pass(FOR_MS);
            return applied > 0 && prepared.size() < BALLOTS_MAX * applied
                    ? Optional.empty()
                    : Optional.of(
                            "Look: " + prepared.size() + " ballots for " + applied + " writes in " + FOR_MS + " ms");
        }

        private void slowDown() {
            for (SimulatedNode from : stage.nodes()) {
                stage.nodes().forEach(to -> stage.network().slow(from.index(), to.index(), 1));
            }
        }

        private void read(Coordinator node) {
            node.read(KEY, TERMS, outcome -> afterAWhile(() -> replace(node, outcome)));
        }

        private void replace(Coordinator node, Outcome outcome) {
            Version base = Stage.require(Read.class, outcome).record().version();
            Precondition isBase = new Precondition.AnyOf(Set.of(base));
            node.writeIf(KEY, Value.of("next"), isBase, TERMS, end -> {
                applied += end instanceof Applied ? 1 : 0;
                afterAWhile(() -> read(node));
            });
        }

        /** The answer and the next request are on their way. */
        private void afterAWhile(Runnable request) {
            stage.time().afterMs(1, request);
        }

        private boolean note(Message message) {
            if (message instanceof Prepare prepare) {
                prepared.add(prepare.ballot());
            }
            return false;
        }
    }
}
