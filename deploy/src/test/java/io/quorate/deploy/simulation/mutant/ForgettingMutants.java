package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.UnnamedWriteOperation;
import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.operation.scan.PageMerge;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.Unsettled;
import io.quorate.deploy.simulation.schedule.ForgettingAtAReplica;
import io.quorate.deploy.simulation.schedule.ForgettingDrivenByOne;
import io.quorate.deploy.simulation.schedule.ForgettingDriverDies;
import io.quorate.deploy.simulation.schedule.ForgettingDuringReads;
import io.quorate.deploy.simulation.schedule.ForgettingSeenByACoordinator;
import io.quorate.deploy.simulation.schedule.TwoForgettingDrivers;
import io.quorate.node.convergence.forgetting.TombstoneForgetting;
import io.quorate.node.convergence.forgetting.handler.ForgettingHandlers;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.age.StoreGate;
import io.quorate.node.replica.state.AcceptorState;
import io.quorate.node.replica.state.KeyStates;
import java.util.List;
import java.util.stream.Stream;

/** Deletes that are forgotten too early, or that come back. */
final class ForgettingMutants {
    private static final List<Mutant> DRIVERS = List.of(
            Mutant.of(
                            "a majority confirms",
                            besides(TombstoneForgetting.class, "ForgettingRounds"),
                            "if (members.areAll(answers.keySet())) {",
                            "if (answers.size() >= 2) {")
                    .breaks("I11"),
            Mutant.of(
                            "one of the members that confirm holds nothing",
                            besides(TombstoneForgetting.class, "Confirmation"),
                            "states.stream().allMatch(state -> state.version().equals(version))",
                            "states.stream().anyMatch(state -> state.version().equals(version))")
                    .breaks("I11"),
            Mutant.of(
                            "the number of a round is an age that a member had",
                            besides(TombstoneForgetting.class, "Confirmation"),
                            "return 1 + answers",
                            "return answers")
                    .breaks("I12"),
            Mutant.of(
                            "a round carries a promise, but not the highest",
                            besides(TombstoneForgetting.class, "Confirmation"),
                            "reduce(Ballot.ZERO, Ballot::max)",
                            "reduce(Ballot.ZERO, (a, b) -> b)")
                    .breaks("I5"),
            Mutant.of(
                            "a proposal above the tombstone does not count",
                            besides(TombstoneForgetting.class, "Confirmation"),
                            "if (states.stream().anyMatch(state -> state.kind() == Kind.OTHER)) {",
                            "if (states.get(0).kind() == Kind.OTHER) {")
                    .breaks("I7"),
            Mutant.of(
                            "a fence counts although a member has not raised it",
                            TombstoneForgetting.class,
                            "members.areAll(raised.keySet()) ? fence : 0",
                            "fence")
                    .breaks("I11"),
            Mutant.of(
                            "a floor is raised without the comparison of digests",
                            TombstoneForgetting.class,
                            "new RaiseFloor(pass.fence(), pass.verified())",
                            "new RaiseFloor(pass.fence(), SlotSet.ALL)")
                    .breaks("I11"),
            Mutant.of(
                            "a slot gets a floor in the pass in which a member returned",
                            besides(TombstoneForgetting.class, "AllMembers"),
                            ".allMatch(peer -> answered.contains(peer) && ",
                            ".allMatch(peer -> !answered.contains(peer) || ")
                    .breaks("I11"),
            Mutant.of(
                            "the floor alone is enough to forget a tombstone",
                            besides(TombstoneForgetting.class, "ForgettingRounds"),
                            "Optional<DeletedKey> confirmed = confirmation.of(candidate, i);",
                            "Optional<DeletedKey> confirmed = Optional.of(candidate);")
                    .breaks("I11"));

    private static final List<Mutant> REPLICAS = List.of(
            Mutant.of("a writer below the fence is acknowledged", StoreGate.class, "ages.fence() == 0 || ", "true || ")
                    .breaks("I11"),
            Mutant.of(
                            "a writer below the fence is acknowledged since the register is newer",
                            StoreHandler.class,
                            "if (isHeld && stemsFrom(record, state.register())) {",
                            "if (isHeld) {")
                    .breaks("I11"),
            Mutant.of(
                            "the age of evidence is not checked",
                            StoreGate.class,
                            "store.evidenceAge().getAsLong() >= ages.age()",
                            "store.evidenceAge().getAsLong() >= 0")
                    .breaks("I12"),
            Mutant.of(
                            "a record is admitted before its place in the log",
                            StoreHandler.class,
                            "registers.write(batch, () -> refusalOf(store, reply), whenDone);",
                            "var early = refusalOf(store, reply);\n        registers.write(batch, () -> early, whenDone);")
                    .breaks("I11"),
            Mutant.of(
                            "a floor is raised above the fence",
                            besides(ForgettingHandlers.class, "RaiseFloorHandler"),
                            "if (raise.floor() > ages.fence()) {",
                            "if (raise.floor() < 0) {")
                    .breaks("I11"),
            Mutant.of(
                            "a round brings a floor above the fence",
                            besides(ForgettingHandlers.class, "ForgetHandler"),
                            "anyMatch(key -> key.floor() > ages.fence())",
                            "anyMatch(key -> key.floor() < 0)")
                    .breaks("I11"),
            Mutant.of("a replica forgets a key without the floor of the round", Ages.class, ".withFloors(keys)", "")
                    .breaks("I12"),
            Mutant.of(
                            "the fence is for versions: it refuses proposals too",
                            Replica.class,
                            "handlers.put(Accept.class, consensus.accept());",
                            """
handlers.put(Accept.class, (Accept accept, io.quorate.node.replica.request.PendingReply reply) -> {
                if (accept.proposal().record().version().timestamp() <= queries.ages().fence()) {
                    reply.accept(new io.quorate.common.wire.Message.Fenced(queries.ages().fence()));
                } else {
                    consensus.accept().handle(accept, reply);
                }
            });
""")
                    .breaks("Forgetting deletes"),
            Mutant.of(
                            "no floor of ballots",
                            AcceptorState.class,
                            "return isEmpty() ? ballot.isAfter(floor) : ",
                            "return isEmpty() ? true : ")
                    .breaks("I5"),
            Mutant.of(
                            "an acceptor votes under the floor of ballots itself",
                            AcceptorState.class,
                            "return isEmpty() ? ballot.isAfter(floor) : ",
                            "return isEmpty() ? !floor.isAfter(ballot) : ")
                    .breaks("I5"),
            Mutant.of(
                            "only the own promise is the floor of ballots",
                            Ages.class,
                            "numbers.withAge(round).withBallotFloor(promised)",
                            "numbers.withAge(round)")
                    .breaks("I5"),
            Mutant.of(
                            "the acceptor of a forgotten register stays",
                            besides(ForgettingHandlers.class, "ForgetHandler"),
                            "if (!state.acceptor().isEmpty()) {",
                            "if (state.acceptor() == null) {")
                    .breaks("Forgetting deletes"),
            Mutant.of(
                            "a conditional delete is as old as the value that it deletes",
                            besides(ForgettingHandlers.class, "ConfirmHandler"),
                            "if (floor > 0 && !state.acceptor().isIdleSince(floor)) {",
                            "if (state.acceptor() == null) {")
                    .breaks("Forgetting deletes"),
            Mutant.of(
                            "a key is forgotten although it changed since",
                            besides(ForgettingHandlers.class, "ForgetHandler"),
                            "if (isStill(key, state) && !hasPromisedSince) {",
                            "if (!hasPromisedSince) {")
                    .breaks("I7"),
            Mutant.of(
                            "an age is shown before it is durable",
                            Ages.class,
                            "        wanted = next;\n",
                            "        wanted = next;\n        shown = next;\n")
                    .breaks("I6"),
            Mutant.of(
                            "an age that is demanded is not raised",
                            Replica.class,
                            "if (request.demandedAge() == 0 || ages.isEmpty()) {",
                            "if (request.demandedAge() >= 0) {")
                    .breaks("Forgetting deletes"));

    private static final List<Mutant> READS = List.of(
            Mutant.of(
                            "the age of a reply is read after its register",
                            KeyStates.class,
                            "            long age = ages.age();\n            state = shown(key, read(key), trace(request), age);",
                            "            state = shown(key, read(key), trace(request), ages.age());")
                    .breaks("I12"),
            Mutant.of(
                            "the later age of an absent key is read before its register",
                            KeyStates.class,
                            "new Horizon(age, ages.age(), ages.floorOf(key), 0)",
                            "new Horizon(age, age, ages.floorOf(key), 0)")
                    .breaks("I12"),
            Mutant.of(
                            "a register and its acceptor are read in two views",
                            KeyStates.class,
                            "        RecordPair both = store.get(Keyspace.CONSENSUS, Keyspace.DATA, key);\n        return state(both.first(), both.second());",
                            "        return state(store.get(Keyspace.CONSENSUS, key), store.get(key));")
                    .breaks("I12"),
            Mutant.of(
                            "a confirmation reads the acceptor before the register",
                            KeyStates.class,
                            "        Record register = store.get(key);\n        return state(store.get(Keyspace.CONSENSUS, key), register);",
                            "        return state(store.get(Keyspace.CONSENSUS, key), store.get(key));")
                    .breaks("I7"),
            Mutant.of(
                            "a confirmation reads its age before the registers",
                            besides(ForgettingHandlers.class, "ConfirmHandler"),
                            """
        List<DeletionState> held = new ArrayList<>();
        Ballot promised = Ballot.ZERO;
        try {
            for (Key key : confirm.keys()) {
                KeyState state = states.readRegisterFirst(key);
                held.add(deletion(state, states.ages().floorOf(key)));
                promised = Ballot.max(promised, state.acceptor().promised());
            }
        } catch (RuntimeException e) {
            return states.rejection(e);
        }
        Ages ages = states.ages();
""",
                            """
        long early = states.ages().age();
        List<DeletionState> held = new ArrayList<>();
        Ballot promised = Ballot.ZERO;
        try {
            for (Key key : confirm.keys()) {
                KeyState state = states.readRegisterFirst(key);
                held.add(deletion(state, states.ages().floorOf(key)));
                promised = Ballot.max(promised, state.acceptor().promised());
            }
        } catch (RuntimeException e) {
            return states.rejection(e);
        }
        if (early < states.ages().age()) {
            return new Confirmed(held, promised, early);
        }
        Ages ages = states.ages();
""")
                    .breaks("I12"));

    private static final List<Mutant> COORDINATORS = List.of(
            Mutant.of(
                            "a write may be below a fence",
                            VersionMint.class,
                            "fence = Math.max(fence, instant);",
                            "fence = 0;")
                    .breaks("I11"),
            Mutant.of(
                            "the base of an absent key is not lifted",
                            "io.quorate.common.wire.Message",
                            "new Record(Version.ofInstant(floor), Tombstone.TOMBSTONE)",
                            "Record.NEVER_WRITTEN")
                    .breaks("I12"),
            Mutant.of(
                            "the base of an absent key is not the highest floor",
                            "io.quorate.common.wire.Message",
                            "floor = Math.max(floor, promise.horizon.floor());",
                            "floor = floor == 0 ? promise.horizon.floor() : Math.min(floor, promise.horizon.floor());")
                    .breaks("I12"),
            Mutant.of(
                            "the age of evidence is the highest",
                            QueryRound.class,
                            "lowest = Math.min(lowest, registerAt(i).horizon().age());",
                            "lowest = Math.max(lowest == Long.MAX_VALUE ? 0 : lowest, registerAt(i).horizon().age());")
                    .breaks("I12"),
            Mutant.of(
                            "a read has no doubt",
                            ReadOperation.class,
                            "if (level() != ConsistencyLevel.ONE && round.isDoubtful()) {",
                            "if (round.isDoubtful() && context == null) {")
                    .breaks("I12"),
            Mutant.of(
                            "a page has no doubt",
                            PageMerge.class,
                            "(isUnsettled(key) || someoneForgot && mayBeForgotten(newest))",
                            "isUnsettled(key)")
                    .breaks("I12"),
            Mutant.of(
                            "an accepted proposal is compared with the lifted register",
                            Unsettled.class,
                            "promises.stream().map(promise -> promise.record().version()).reduce(Version.ZERO, Version::max);",
                            "Promise.base(promises).version();")
                    .breaks("I3"),
            Mutant.of(
                            "an overtaken own proposal is judged by the absent register",
                            UnnamedWriteOperation.class,
                            "int order = proposed.version().compareTo(promises.base().version());",
                            "int order = proposed.version().compareTo(newest.version());")
                    .breaks("I9"),
            Mutant.of(
                            "the identical proposal is made again although another was chosen on its base",
                            UnnamedWriteOperation.class,
                            "order > 0 && isStillWhatItWasJudgedOn(newest)",
                            "order > 0")
                    .breaks("I3"),
            Mutant.of(
                            "a tombstone that others have forgotten rules an own proposal out",
                            UnnamedWriteOperation.class,
                            "newest.isTombstone() || !newest",
                            "!newest")
                    .breaks("I4"),
            Mutant.of(
                            "a write-back that is outdated does not begin anew",
                            ReadOperation.class,
                            "if (round.outdatedBy() > 0 && !majorityHolds) {",
                            "if (round.outdatedBy() > 0 && context == null) {")
                    .breaks("Forgetting deletes"));

    private static final List<Mutant> DEATHS = List.of(Mutant.of(
                    "a member that has forgotten a tombstone already counts as one that holds nothing",
                    besides(ForgettingHandlers.class, "ConfirmHandler"),
                    "state.isAbsent() ? absent : Kind.TOMBSTONE, state.held().version());",
                    "state.isAbsent() ? absent : Kind.TOMBSTONE, state.register().version());")
            .breaks("Forgetting deletes"));

    private static final List<Mutant> VOTES = List.of(
            Mutant.of(
                            "a vote after the confirmation is forgotten",
                            besides(ForgettingHandlers.class, "ForgetHandler"),
                            "if (isStill(key, state) && !hasPromisedSince) {",
                            "if (isStill(key, state)) {")
                    .breaks("I9"),
            Mutant.of(
                            "a confirmation raises no floor of ballots",
                            besides(ForgettingHandlers.class, "ConfirmHandler"),
                            "if (confirm.promised().equals(Ballot.ZERO)) {",
                            "if (confirm.promised() != null) {")
                    .breaks("I9"),
            Mutant.of(
                            "members confirm once, under no floor of ballots",
                            besides(TombstoneForgetting.class, "ForgettingRounds"),
                            "ask(candidates, promised, answers -> confirmed(candidates, promised, answers, next));",
                            "confirmed(candidates, promised, promises, next);")
                    .breaks("I9"),
            Mutant.of(
                            "the floor of ballots holds only for acceptors without an entry",
                            AcceptorState.class,
                            "!promisedOr(floor).isAfter(ballot)",
                            "!promised.isAfter(ballot)")
                    .breaks("I9"));

    static final List<Mutant> ALL = Stream.of(
                    DRIVERS.stream().map(mutant -> mutant.shownBy(ForgettingDrivenByOne.class)),
                    REPLICAS.stream().map(mutant -> mutant.shownBy(ForgettingAtAReplica.class)),
                    VOTES.stream().map(mutant -> mutant.shownBy(TwoForgettingDrivers.class)),
                    DEATHS.stream().map(mutant -> mutant.shownBy(ForgettingDriverDies.class)),
                    READS.stream().map(mutant -> mutant.shownBy(ForgettingDuringReads.class)),
                    COORDINATORS.stream().map(mutant -> mutant.shownBy(ForgettingSeenByACoordinator.class)))
            .flatMap(mutants -> mutants)
            .toList();

    private ForgettingMutants() {}
}
