package io.quorate.node.checkpoint;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.CheckpointAges;
import io.quorate.node.replica.state.AcceptorState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * What a restored node must have otherwise than its checkpoint, as entries that replace those of the checkpoint.
 *
 * <p>Checkpoints of one cluster are made one after the other. Between two of them, all nodes may have forgotten a
 * delete. Then the older one still has the deleted value, or a proposal of it, and nothing in the newer one says that
 * it was deleted. So it is forgotten in the older one too, if the key is absent in the newer one, and the record not
 * above the floor there: below the floor all nodes had agreed on the key, so an absent one was forgotten. The numbers
 * of forgetting become the highest ones of all checkpoints, as if the node had taken part.
 *
 * <p>Passes of anti-entropy begin anew: the members that agreed in them were others.
 */
final class RestoredCorrections implements EntryCursor {
    private final List<CheckpointReader> others;
    private final List<CheckpointAges> agesOfOthers = new ArrayList<>();
    private final CheckpointAges ages;
    private final Queue<Write> ofTheNode = new ArrayDeque<>();
    private final EntryCursor registers;
    private final EntryCursor acceptors;
    private List<Neighbour> neighbours;
    private boolean registersEnded;
    private boolean acceptorsEnded;
    private Key key;
    private Record record;
    private long forgotten;

    /** @param others checkpoints of the other nodes of that cluster */
    RestoredCorrections(CheckpointReader own, List<CheckpointReader> others) throws IOException {
        this.others = others;
        CheckpointAges highest = CheckpointAges.of(own);
        for (CheckpointReader other : others) {
            CheckpointAges each = CheckpointAges.of(other);
            agesOfOthers.add(each);
            highest = highest.max(each);
        }
        this.ages = highest;
        List<Write> writes = new ArrayList<>(PassMemory.erased(own));
        writes.addAll(ages.writes());
        writes.sort(Comparator.comparing(Write::key));
        ofTheNode.addAll(writes);
        this.registers = own.cursor(Keyspace.DATA);
        this.acceptors = own.cursor(Keyspace.CONSENSUS);
        this.neighbours = neighbours();
    }

    /** Another checkpoint's registers, in the order of their keys. */
    private static final class Neighbour {
        private final EntryCursor registers;
        private final CheckpointAges ages;
        private Optional<Key> at = Optional.empty();
        private boolean ended;

        Neighbour(EntryCursor registers, CheckpointAges ages) {
            this.registers = registers;
            this.ages = ages;
        }

        /** Keys come in ascending order. */
        boolean hasForgotten(Key asked, Version version) throws IOException {
            while (!ended && at.map(key -> key.compareTo(asked) < 0).orElse(true)) {
                ended = !registers.advance();
                at = ended ? Optional.empty() : Optional.of(Keyspace.exposed(registers.key()));
            }
            boolean isAbsent =
                    at.filter(asked::equals).isEmpty() || registers.record().isForgotten();
            return isAbsent && !version.isAfter(Version.ofInstant(ages.floorOf(asked)));
        }
    }

    private List<Neighbour> neighbours() {
        List<Neighbour> fresh = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            fresh.add(new Neighbour(others.get(i).cursor(Keyspace.DATA), agesOfOthers.get(i)));
        }
        return fresh;
    }

    @Override
    public boolean advance() throws IOException {
        return advanceRegisters() || advanceAcceptors() || advanceNode();
    }

    private boolean advanceRegisters() throws IOException {
        while (!registersEnded && registers.advance()) {
            Record register = registers.record();
            if (!register.isForgotten() && isForgotten(registers.key(), register.version())) {
                forget(registers);
                return true;
            }
        }
        if (!registersEnded) {
            registersEnded = true;
            neighbours = neighbours();
        }
        return false;
    }

    private boolean advanceAcceptors() throws IOException {
        while (!acceptorsEnded && acceptors.advance()) {
            Optional<Record> accepted = AcceptorState.of(acceptors.record()).acceptedRecord();
            if (accepted.isPresent()
                    && isForgotten(acceptors.key(), accepted.get().version())) {
                forget(acceptors);
                return true;
            }
        }
        acceptorsEnded = true;
        return false;
    }

    private boolean isForgotten(Key stored, Version version) throws IOException {
        Key asked = Keyspace.exposed(stored);
        boolean isForgotten = false;
        for (Neighbour each : neighbours) {
            isForgotten |= each.hasForgotten(asked, version);
        }
        return isForgotten;
    }

    private void forget(EntryCursor entry) {
        key = entry.key();
        record = entry.record().forgotten(ages.age());
        forgotten++;
    }

    private boolean advanceNode() {
        Write next = ofTheNode.poll();
        if (next == null) {
            return false;
        }
        key = next.keyspace().stored(next.key());
        record = next.record();
        return true;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Record record() {
        return record;
    }

    /** How many entries were forgotten so far. */
    long forgotten() {
        return forgotten;
    }
}
