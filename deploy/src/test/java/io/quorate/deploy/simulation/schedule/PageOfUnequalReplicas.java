package io.quorate.deploy.simulation.schedule;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.deploy.simulation.Simulation;
import java.util.Optional;

/**
 * One value fills the page. The first replica missed the delete of key 1, so its reply ends there. The second replica
 * has that tombstone, so its reply goes on to key 2. It missed a write of key 2, which the first replica has. A page
 * must not go further than the first replica's reply. Otherwise it shows the old value of key 2.
 */
public final class PageOfUnequalReplicas extends DirectedSchedule {
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000));
        for (int key = 1; key <= 3; key++) {
            write(stage, 1, key, Value.of("old"));
        }
        writeWithout(stage, 1, 1, TOMBSTONE);
        writeWithout(stage, 2, 2, Value.of("new"));
        stage.cutOff(stage.nodes().get(2));
        PageQuery first = new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 1);
        Stage.require(
                Scanned.class,
                Stage.untilNotRefused(
                        () -> stage.ask(stage.nodes().get(0), (asked, told) -> asked.scan(first, TERMS, told))));
        return Optional.empty();
    }

    /** One node is cut off meanwhile. */
    private static void writeWithout(Stage stage, int node, int key, Content content) {
        stage.cutOff(stage.nodes().get(node - 1));
        write(stage, 3, key, content);
        stage.heal();
    }

    private static void write(Stage stage, int node, int key, Content content) {
        Stage.require(
                Applied.class,
                stage.ask(
                        stage.nodes().get(node - 1),
                        (asked, told) -> asked.write(Key.of("key-" + key), content, TERMS, told)));
        stage.time().pass(50);
    }
}
