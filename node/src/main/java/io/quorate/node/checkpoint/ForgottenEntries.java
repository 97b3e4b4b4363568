package io.quorate.node.checkpoint;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.CheckpointAges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The entries of one keyspace of a checkpoint that its copy forgets, as {@link RestoredCorrections} says. */
final class ForgottenEntries implements EntryCursor {
    private final EntryCursor entries;
    private final Function<Record, Optional<Version>> held;
    private final List<ComparedCheckpoint> others = new ArrayList<>();
    private final long ownAge;
    private final long age;
    private long passed;

    /**
     * @param held the version of what an entry holds, if it holds anything
     * @param others checkpoints of the other nodes
     * @param age of the copy
     */
    ForgottenEntries(
            CheckpointReader own,
            Keyspace keyspace,
            Function<Record, Optional<Version>> held,
            List<CheckpointReader> others,
            long age)
            throws IOException {
        this.entries = own.cursor(keyspace);
        this.held = held;
        this.ownAge = CheckpointAges.of(own).age();
        this.age = age;
        for (CheckpointReader other : others) {
            this.others.add(new ComparedCheckpoint(other));
        }
    }

    @Override
    public boolean advance() throws IOException {
        while (entries.advance()) {
            Optional<Version> version = held.apply(entries.record());
            if (version.isPresent() && isForgotten(Keyspace.exposed(entries.key()), version.get())) {
                passed++;
                return true;
            }
        }
        return false;
    }

    private boolean isForgotten(Key key, Version version) throws IOException {
        int holders = 1;
        boolean isInDoubt = false;
        for (ComparedCheckpoint each : others) {
            Version newest = each.newestOf(key);
            holders += version.isAfter(newest) ? 0 : 1;
            isInDoubt |= newest.equals(Version.ZERO) && each.mayHaveForgotten(key, version, ownAge);
        }
        return isInDoubt && 2 * holders <= 1 + others.size();
    }

    @Override
    public Key key() {
        return entries.key();
    }

    @Override
    public Record record() {
        return entries.record().forgotten(age);
    }

    /** How many there were so far. */
    long passed() {
        return passed;
    }
}
