package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;

/**
 * The first write of a process at level {@code one} takes its version from the clock alone. The process is killed, and
 * the clock is set back. The first write of the next process comes at the same instant, and needs another version.
 */
public final class SameInstantAfterRestart extends DirectedSchedule {
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.ONE, 200);

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000));
        SimulatedNode node = stage.nodes().get(0);
        long wallMs = node.clock().wallMs();
        write(stage, node, "first");
        node.kill();
        node.start();
        stage.awaitQuorum(node);
        node.clock().jump(wallMs - node.clock().wallMs());
        write(stage, node, "second");
        return Optional.empty();
    }

    private static void write(Stage stage, SimulatedNode node, String value) {
        Stage.require(
                Applied.class,
                stage.ask(node, (asked, told) -> asked.write(Key.of("k"), Value.of(value), TERMS, told)));
        stage.time().pass(50);
    }
}
