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
 * it was deleted. So the copy forgets a record if two things hold:
 *
 * <ul>
 *   <li>A checkpoint of a later age has nothing of the key, and a floor that is not below the record. This is doubt, as
 *       in rule C4 of the protocol.
 *   <li>Most of the checkpoints have nothing as new of the key. A write that was acknowledged before the first
 *       checkpoint is on most of them, if it is not forgotten. A record that most of them have was not deleted, and the
 *       delete acknowledged, before the first checkpoint: one of them would have the delete.
 * </ul>
 *
 * <p>The numbers of forgetting become the highest ones of all checkpoints, as if the node had taken part. Passes of
 * anti-entropy begin anew: the members that agreed in them were others.
 */
final class RestoredCorrections implements EntryCursor {
    private final List<CheckpointReader> others;
    private final List<CheckpointAges> agesOfOthers = new ArrayList<>();
    private final CheckpointAges ages;
    private final long ownAge;
    private final Queue<Write> ofTheNode = new ArrayDeque<>();
    private final EntryCursor registers;
    private final EntryCursor acceptors;
    private List<ComparedCheckpoint> compared;
    private boolean registersEnded;
    private boolean acceptorsEnded;
    private Key key;
    private Record record;
    private long forgotten;

    /** @param others checkpoints of the other nodes of that cluster */
    RestoredCorrections(CheckpointReader own, List<CheckpointReader> others) throws IOException {
        this.others = others;
        CheckpointAges highest = CheckpointAges.of(own);
        this.ownAge = highest.age();
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
        this.compared = compared();
    }

    private List<ComparedCheckpoint> compared() {
        List<ComparedCheckpoint> fresh = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            fresh.add(new ComparedCheckpoint(others.get(i), agesOfOthers.get(i)));
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
            compared = compared();
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
        int holders = 1;
        boolean isInDoubt = false;
        for (ComparedCheckpoint each : compared) {
            Version newest = each.newestOf(asked);
            holders += version.isAfter(newest) ? 0 : 1;
            isInDoubt |= newest.equals(Version.ZERO) && each.mayHaveForgotten(asked, version, ownAge);
        }
        return isInDoubt && 2 * holders <= 1 + compared.size();
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
