package io.quorate.deploy.simulation.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Network;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A stage with one key. At first every replica has its value. */
final class OneKey {
    static final Key KEY = Key.of("k");

    static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 200);
    /** For what may take several rounds. */
    private static final OperationOptions PATIENT = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 900);

    private final Stage stage;

    OneKey(long seed) {
        this(new Stage(seed, Simulation.options(1_000)));
    }

    private OneKey(Stage stage) {
        this.stage = stage;
    }

    /** Passes forget deletes, as soon as all nodes are founded. Merges drop what is forgotten only after a start. */
    static OneKey thatIsForgotten(long seed) {
        return new OneKey(Stage.thatForgets(seed, Simulation.options(1_000_000)));
    }

    /** From the first message on, each of these is lost. */
    OneKey(long seed, Predicate<Message> lost) {
        this(new Stage(seed, Simulation.options(1_000), 0, lost));
    }

    static Value value(String text) {
        return Value.of(text);
    }

    Stage stage() {
        return stage;
    }

    SimulatedNode node(int number) {
        return stage.nodes().get(number - 1);
    }

    /** Ends every cut and every loss. */
    void heal() {
        stage.heal();
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
        Stage.require(Applied.class, tryToDelete(node));
        stage.time().pass(50);
    }

    Outcome tryToDelete(int node) {
        return stage.ask(node(node), (asked, told) -> asked.write(KEY, Tombstone.TOMBSTONE, TERMS, told));
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

    /** Creates the key by a conditional write. */
    Version create(int node, String value) {
        Precondition isFree = new Precondition.Absent();
        return Stage.require(
                        Applied.class,
                        stage.ask(
                                node(node), (asked, told) -> asked.writeIf(KEY, Value.of(value), isFree, TERMS, told)))
                .version();
    }

    /** Writes once, however often the same request is sent. */
    Outcome tryToWriteOnce(int node, String value, Optional<Precondition> condition, IdempotentRequest request) {
        return stage.ask(
                node(node), (asked, told) -> asked.writeOnce(KEY, Value.of(value), condition, request, PATIENT, told));
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

    Read readPatiently(int node) {
        return Stage.require(Read.class, Stage.untilNotRefused(() -> tryToRead(node)));
    }

    Scanned scanPatiently(int node) {
        return Stage.require(Scanned.class, Stage.untilNotRefused(() -> tryToScan(node)));
    }

    /** What one replica has in its register. */
    Version versionAt(int node) {
        return ((RecordReply) stage.handle(node(node), new Query(KEY, true)))
                .record()
                .version();
    }

    /** Reads through each node. After that, each replica must have what was read, and no other proposal above it. */
    Optional<String> disagreement() {
        readPatiently(1);
        readPatiently(2);
        Record read = readPatiently(3).record();
        stage.time().pass(50);
        RecordReply expected = new RecordReply(read, Optional.empty());
        return stage.nodes().stream()
                .map(node -> stage.handle(node, new Query(KEY, true)))
                .filter(reply -> !reply.equals(expected))
                .findFirst()
                .map(other -> "I13: each node reads " + read + ", and a replica is left with " + other);
    }

    /** What is wrong if a replica lacks this version although hints had time to bring it, or if hints still wait. */
    Optional<String> missedBy(int node, Version version) {
        if (version.isAfter(versionAt(node))) {
            return Optional.of("Hinted handoff: n" + node + " still misses " + version);
        }
        return stage.nodes().stream()
                .filter(SimulatedNode::keepsHintsForVoters)
                .findFirst()
                .map(keeper -> "Hinted handoff: " + keeper.id() + " keeps hints that nobody needs");
    }

    Version read(int node) {
        return Stage.require(Read.class, tryToRead(node)).record().version();
    }

    /** Neither receives messages of the others any more. */
    void cutOff(int number) {
        stage.cutOff(node(number));
    }
}
