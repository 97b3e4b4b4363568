package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One node makes conditional writes, and its messages are slow. The second node reads the key all the time, and the
 * third scans it. Both see proposals under way. Neither may take a write's ballot away: each write prepares once.
 */
public final class ReadsBesideConditionalWrites extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final int WRITES = 10;
    private static final long SLOW_MS = 6;
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);
    private static final PageQuery PAGE = new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 10);

    @Override
    Optional<String> play(long seed) {
        return new Run(new Stage(seed, Simulation.options(1_000))).violation();
    }

    private static final class Run {
        private final Stage stage;
        private final Set<Ballot> prepared = new HashSet<>();
        private boolean over;

        Run(Stage stage) {
            this.stage = stage;
        }

        Optional<String> violation() {
            stage.network().heal();
            stage.network().slow(0, 1, SLOW_MS);
            stage.network().slow(0, 2, SLOW_MS);
            stage.network().lose(this::note);
            Outcome first = stage.ask(node(1), (node, listener) -> node.write(KEY, Value.of("base"), TERMS, listener));
            keepReading();
            keepScanning();
            Version version = Stage.require(Applied.class, first).version();
            for (int i = 0; i < WRITES; i++) {
                version = replace(version, "value " + i);
            }
            over = true;
            return Optional.of("Read: " + WRITES + " writes beside reads took " + prepared.size() + " ballots")
                    .filter(violation -> prepared.size() > WRITES);
        }

        private Version replace(Version base, String value) {
            Precondition isBase = new Precondition.AnyOf(Set.of(base));
            Outcome outcome =
                    stage.ask(node(1), (node, listener) -> node.writeIf(KEY, Value.of(value), isBase, TERMS, listener));
            stage.time().pass(2 * SLOW_MS); // until every replica has it: no proposal is under way
            return Stage.require(Applied.class, outcome).version();
        }

        private boolean note(Message message) {
            if (message instanceof Prepare prepare) {
                prepared.add(prepare.ballot());
            }
            return false;
        }

        private void keepReading() {
            if (!over) {
                node(2).coordinator().read(KEY, TERMS, outcome -> stage.time().afterMs(1, this::keepReading));
            }
        }

        private void keepScanning() {
            if (!over) {
                node(3).coordinator().scan(PAGE, TERMS, outcome -> stage.time().afterMs(1, this::keepScanning));
            }
        }

        private SimulatedNode node(int number) {
            return stage.nodes().get(number - 1);
        }
    }
}
