package io.quorate.deploy.simulation.mutant;

import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.deploy.simulation.schedule.ChosenWithoutStore;
import io.quorate.deploy.simulation.schedule.ProposalStoredDuringRead;
import io.quorate.deploy.simulation.schedule.ReadOfUnchosenProposal;
import io.quorate.deploy.simulation.schedule.ReadsBesideConditionalWrites;
import io.quorate.deploy.simulation.schedule.SupersededProposal;
import io.quorate.node.lsm.view.NewestVersions;
import io.quorate.node.replica.state.KeyStates;
import java.util.List;

/** Reads that show too much, too little, or what later reads cannot find. */
final class ReadMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "reads show an accepted proposal as if it were chosen",
                            ReadOperation.class,
                            "round.acceptors(unsettled.get()) >= majority",
                            "unsettled.isPresent()")
                    .shownBy(ReadOfUnchosenProposal.class)
                    .breaks("I7"),
            Mutant.of(
                            "a read preempts a proposer at once",
                            ReadOperation.class,
                            "if (pauseMs.isPresent()) {",
                            "if (pauseMs.isPresent() && context == null) {")
                    .shownBy(ReadsBesideConditionalWrites.class)
                    .breaks("Read"),
            Mutant.of(
                            "reads do not write back",
                            ReadOperation.class,
                            "boolean writesBack = level() == ConsistencyLevel.LINEARIZABLE || level() == ConsistencyLevel.ALL;",
                            "boolean writesBack = false;")
                    .breaks("I7"),
            Mutant.of(
                            "reads ignore accepted proposals",
                            ReadOperation.class,
                            "level() == ConsistencyLevel.ONE ? Optional.empty() : round.unsettled()",
                            "Optional.empty()")
                    .shownBy(ChosenWithoutStore.class)
                    .breaks("I8"),
            Mutant.of(
                            "a superseded proposal stays, and costs every read two rounds",
                            ReadOperation.class,
                            "        dropSuperseded(round);\n",
                            "")
                    .shownBy(SupersededProposal.class)
                    .breaks("I13"),
            Mutant.of(
                            "a read forgets which request deleted the key",
                            QueryRound.class,
                            "registerAt(i).tombstone() && version.step() == 0",
                            "registerAt(i).tombstone()")
                    .breaks("I2"),
            Mutant.of("a replica reads the register before the acceptor", KeyStates.class, """
        RecordPair both = store.get(Keyspace.CONSENSUS, Keyspace.DATA, key);
        return state(both.first(), both.second());
""", """
        Record register = store.get(key);
        return state(store.get(Keyspace.CONSENSUS, key), register);
""")
                    .shownBy(ProposalStoredDuringRead.class)
                    .breaks("I8"),
            Mutant.of(
                            "a replica that knows a version does not show the proposal above it",
                            KeyStates.class,
                            "register.expiresAtMs(), accepted, Horizon.ofAge(age)",
                            "register.expiresAtMs(), Optional.empty(), Horizon.ofAge(age)")
                    .breaks("I8"),
            Mutant.of(
                            "a replica knows a version that is not the newest any more",
                            NewestVersions.class,
                            "if (versionAt(slot).isAfter(before)) {",
                            "if (slot >= 0) {")
                    .breaks("I8"));

    private ReadMutants() {}
}
