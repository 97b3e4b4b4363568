package io.quorate.deploy.simulation.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Network;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Set;

/** A stage with one key. At first every replica has its value. */
final class OneKey {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 200);
    /** For what may take several rounds. */
    private static final OperationOptions PATIENT = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);

    private final Stage stage;

    OneKey(long seed) {
        stage = new Stage(seed, Simulation.options(1_000));
    }

    SimulatedNode node(int number) {
        return stage.nodes().get(number - 1);
    }

    Network network() {
        return stage.network();
    }

    /** Writes, and lets every replica receive the write. */
    Version write(int node, String value) {
        Applied applied = Stage.require(Applied.class, tryToWrite(node, value));
        stage.time().pass(50);
        return applied.version();
    }

    /** Writes a value that expires, by the time of the node that is asked. */
    void writeForMs(int node, String value, long ttlMs) {
        long expiresAtMs = node(node).coordinator().time().expiresAtMs(ttlMs);
        Value expiring = Value.of(value.getBytes(UTF_8), Value.DEFAULT_CONTENT_TYPE, expiresAtMs);
        Stage.require(Applied.class, stage.ask(node(node), (asked, told) -> asked.write(KEY, expiring, TERMS, told)));
    }

    Outcome tryToWrite(int node, String value) {
        return stage.ask(node(node), (asked, told) -> asked.write(KEY, Value.of(value), TERMS, told));
    }

    /** Deletes, and lets every replica that is not cut off receive the delete. */
    void delete(int node) {
        Stage.require(
                Applied.class,
                stage.ask(node(node), (asked, told) -> asked.write(KEY, Tombstone.TOMBSTONE, TERMS, told)));
        stage.time().pass(50);
    }

    Outcome tryToScan(int node) {
        PageQuery all = new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 10);
        return stage.ask(node(node), (asked, told) -> asked.scan(all, PATIENT, told));
    }

    /** The replica is found damaged, and starts again with an empty store and without a vote. */
    void empty(int number) {
        node(number).damage();
        node(number).kill();
        node(number).start();
        stage.time().pass(300);
    }

    Outcome tryToReplace(int node, Version base, String value) {
        Precondition isBase = new Precondition.AnyOf(Set.of(base));
        return stage.ask(node(node), (asked, told) -> asked.writeIf(KEY, Value.of(value), isBase, TERMS, told));
    }

    /** Takes a lease, if there is none. */
    void acquire(int node, long ttlMs) {
        byte[] holder = {(byte) node};
        Value lease =
                Value.of(holder, Value.DEFAULT_CONTENT_TYPE, node(node).clock().wallMs() + ttlMs);
        Precondition isFree = new Precondition.Absent();
        Stage.require(
                Applied.class, stage.ask(node(node), (asked, told) -> asked.writeIf(KEY, lease, isFree, TERMS, told)));
    }

    void pass(long ms) {
        stage.time().pass(ms);
    }

    Outcome tryToRead(int node) {
        return stage.ask(node(node), (asked, told) -> asked.read(KEY, PATIENT, told));
    }

    /** A coordinator may take a slow replica for lost and refuse. Then it is asked again. */
    Read readPatiently(int node) {
        Outcome outcome = tryToRead(node);
        for (int again = 0; again < 5 && !(outcome instanceof Read); again++) {
            outcome = tryToRead(node);
        }
        return Stage.require(Read.class, outcome);
    }

    Version read(int node) {
        return Stage.require(Read.class, tryToRead(node)).record().version();
    }

    /** Neither receives messages of the others any more. */
    void cutOff(int number) {
        int index = number - 1;
        for (SimulatedNode other : stage.nodes()) {
            if (other.index() != index) {
                network().cut(index, other.index());
                network().cut(other.index(), index);
            }
        }
    }
}
