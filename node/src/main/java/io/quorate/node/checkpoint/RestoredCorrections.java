package io.quorate.node.checkpoint;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.CheckpointAges;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final ForgottenEntries registers;
    private final ForgottenEntries acceptors;
    private final Queue<Write> ofTheNode = new ArrayDeque<>();
    private Key key;
    private Record record;

    /** @param others checkpoints of the other nodes of that cluster */
    RestoredCorrections(CheckpointReader own, List<CheckpointReader> others) throws IOException {
        CheckpointAges highest = CheckpointAges.of(own);
        for (CheckpointReader other : others) {
            highest = highest.max(CheckpointAges.of(other));
        }
        long age = highest.age();
        registers = new ForgottenEntries(own, Keyspace.DATA, ComparedCheckpoint::ofRegister, others, age);
        acceptors = new ForgottenEntries(own, Keyspace.CONSENSUS, ComparedCheckpoint::ofProposal, others, age);
        List<Write> writes = new ArrayList<>(PassMemory.erased(own));
        writes.addAll(highest.writes());
        writes.sort(Comparator.comparing(Write::key));
        ofTheNode.addAll(writes);
    }

    @Override
    public boolean advance() throws IOException {
        return takeFrom(registers) || takeFrom(acceptors) || takeOfTheNode();
    }

    private boolean takeFrom(ForgottenEntries entries) throws IOException {
        if (!entries.advance()) {
            return false;
        }
        key = entries.key();
        record = entries.record();
        return true;
    }

    private boolean takeOfTheNode() {
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
        return registers.passed() + acceptors.passed();
    }
}
