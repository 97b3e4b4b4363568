package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedCoordinator;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;
import java.util.Random;

/**
 * The nodes are founded. The third one starts on an empty disk. Then a coordinator without a disk starts, and reaches
 * that node first.
 */
public final class EmptyDiskBeforeACoordinator extends DirectedSchedule {
    private static final long SOME_MS = 1_000;

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000), 1);
        stage.awaitFounded();
        SimulatedNode third = stage.nodes().get(2);
        third.loseDisk();
        third.start();
        SimulatedCoordinator coordinator = new SimulatedCoordinator(3, new NodeId("c1"), stage, new Random(seed));
        stage.cutOff(coordinator);
        stage.network().reconnect(coordinator.index(), third.index());
        coordinator.start();
        stage.time().pass(SOME_MS);
        Stage.require(Refused.class, write(stage, coordinator));
        stage.heal();
        stage.time().pass(SOME_MS);
        Stage.require(Applied.class, Stage.untilNotRefused(() -> write(stage, coordinator)));
        return Optional.empty();
    }

    private static Outcome write(Stage stage, SimulatedCoordinator coordinator) {
        return stage.ask(
                coordinator,
                (asked, told) -> asked.write(OneKey.KEY, OneKey.value("by a coordinator"), OneKey.TERMS, told));
    }
}
