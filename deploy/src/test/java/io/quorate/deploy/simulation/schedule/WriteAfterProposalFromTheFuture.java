package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;
import java.util.Set;

/**
 * A node whose clock is ahead writes to itself alone, and on that a conditional write that all accept. Then it is gone,
 * and so is what the others' clocks had learnt from it. A write that sees no register, but the proposal, must sort
 * above it.
 */
public final class WriteAfterProposalFromTheFuture extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 200);

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000));
        SimulatedNode ahead = stage.nodes().get(0);
        Version chosen = chooseUnstored(stage, ahead);
        ahead.losePower();
        SimulatedNode next = stage.nodes().get(1);
        for (SimulatedNode other : stage.nodes().subList(1, 3)) {
            other.kill();
            other.start();
        }
        stage.awaitQuorum(next);
        Applied written = Stage.require(
                Applied.class, stage.ask(next, (node, told) -> node.write(KEY, Value.of("later"), TERMS, told)));
        if (!written.version().isAfter(chosen)) {
            return Optional.of("a write at " + written.version() + " came after " + chosen + " was chosen");
        }
        Read read = Stage.require(Read.class, stage.ask(next, (node, told) -> node.read(KEY, TERMS, told)));
        return Optional.of("the later write is lost")
                .filter(lost -> !read.record().version().equals(written.version()));
    }

    /** No STORE gets to another node. */
    private static Version chooseUnstored(Stage stage, SimulatedNode ahead) {
        ahead.clock().jump(450);
        stage.network().lose(StoreRequest.class::isInstance);
        Stage.require(
                Outcome.Unknown.class,
                stage.ask(ahead, (node, told) -> node.write(KEY, Value.of("base"), TERMS, told)));
        Version base = Stage.require(
                        Read.class,
                        stage.ask(
                                ahead,
                                (node, told) -> node.read(KEY, new OperationOptions(ConsistencyLevel.ONE, 100), told)))
                .record()
                .version();
        Precondition isBase = new Precondition.AnyOf(Set.of(base));
        Version chosen = Stage.require(
                        Applied.class,
                        stage.ask(ahead, (node, told) -> node.writeIf(KEY, Value.of("chosen"), isBase, TERMS, told)))
                .version();
        stage.time().pass(50);
        stage.network().lose(message -> false);
        return chosen;
    }
}
